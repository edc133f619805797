using Decant.Cli;
using Decant.Cli.Remote;

QuickStart.Begin(args);
var code = await CommandLine.RunAsync(
    [
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
    ],
    args
);

// Threads of the queue of a server that did not start are not waited for.
Environment.Exit(code);
return code;
