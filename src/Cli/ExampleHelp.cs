using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;

namespace Decant.Cli;

/// <summary>The usual help page with examples, and whatever else the reader should know, below it.</summary>
internal sealed class ExampleHelp(string text) : SynchronousCommandLineAction
{
    private readonly HelpAction _usual = new();

    public override bool ClearsParseErrors => true;

    public static void AddTo(Command command, string text) =>
        command.Add(new HelpOption { Action = new ExampleHelp(text) });

    public override int Invoke(ParseResult parseResult)
    {
        var code = _usual.Invoke(parseResult);
        parseResult.InvocationConfiguration.Output.WriteLine(text);
        return code;
    }
}
