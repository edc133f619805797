using System.CommandLine;
using Decant.Cli;
using Decant.Native;

if (args is not ["get" or "info", ..])
{
    return WholeProgram.Become(args);
}

QuickStart.Begin(args);
return await CommandLine.RunAsync([GetCommand.Create(), InfoCommand.Create()], args);
