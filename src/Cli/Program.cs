using System.CommandLine;
using System.CommandLine.Invocation;
using Decant.Cli;
using Decant.Cli.Remote;

QuickStart.Begin(args);
var root = new RootCommand("Media extraction: URL in, media file out.")
{
    ServeCommand.Create(args),
    MigrateCommand.Create(),
    BackupCommand.CreateBackup(),
    BackupCommand.CreateRestore(),
    GetCommand.Create(),
    InfoCommand.Create(),
    DoctorCommand.Create(),
    LinkCommand.Create(),
    LoginCommand.Create(),
    CompletionCommand.Create(),
};

var parsed = root.Parse(args);
if (parsed.Action is ParseErrorAction)
{
    foreach (var error in parsed.Errors)
    {
        await Console.Error.WriteLineAsync($"decant: {error.Message}");
    }

    await Console.Error.WriteLineAsync("decant: `decant --help` and `decant COMMAND --help` say what can be asked for");
    return ExitCode.BadRequest;
}

// Each command stops in its own way: the server drains, a fetch clears up after itself.
var code = await parsed.InvokeAsync(new InvocationConfiguration { ProcessTerminationTimeout = null });

QuickStart.End(code);
return code;
