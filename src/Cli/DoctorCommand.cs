using System.CommandLine;
using Decant.Cli.Doctor;
using Decant.Cli.Output;
using Decant.Engine;
using Microsoft.Extensions.Configuration;

namespace Decant.Cli;

/// <summary><c>decant doctor</c>: what this machine has, and what needs doing. No server need run.</summary>
internal static class DoctorCommand
{
    public static Command Create()
    {
        var data = new Option<string>("--data")
        {
            Description = "Directory of a server, whose last successes are shown.",
            HelpName = "./data",
            DefaultValueFactory = _ => "data",
        };
        var json = new Option<bool>("--json") { Description = "Write one JSON object (snake_case) to stdout." };
        var flags = new EngineFlags();
        var command = new Command("doctor", "Look at what this machine has, and say what needs doing.") { data, json };
        flags.AddTo(command);
        ExampleHelp.AddTo(
            command,
            """
            Examples:
              decant doctor --data /var/lib/decant
              decant doctor --json | jq -r '.findings[] | select(.state == "problem") | .value'

            Exit codes:
              0    all well; a note is something that Decant does without
              2    a bad request: a setting that cannot be used ...
              6    something needs doing: each line that begins with "problem" says what
            """
        );
        command.SetAction(parsed =>
            new EngineRun(flags, parsed).RunAsync(
                () => parsed.GetRequiredValue(data),
                _ => [],
                (directory, engine, cancellationToken) =>
                    ExamineAsync(engine, directory, parsed.GetValue(json), TimeProvider.System, cancellationToken)
            )
        );
        return command;
    }

    private static async Task<int> ExamineAsync(
        MediaEngine engine,
        string data,
        bool asJson,
        TimeProvider time,
        CancellationToken cancellationToken
    )
    {
        var today = DateOnly.FromDateTime(time.GetUtcNow().UtcDateTime);
        var connection = EngineRun.Configuration().GetConnectionString("Decant");
        var server = await ServerCheckup.RunAsync(data, connection, today, cancellationToken);
        IReadOnlyList<Finding> findings =
        [
            .. await EngineCheckup.RunAsync(engine, today, cancellationToken),
            .. DiskCheckup.Run(data),
            .. server.Findings,
        ];
        var report = DoctorReport.Of(engine.Extractor, today, server.Platforms, findings);
        if (asJson)
        {
            await Console.Out.WriteLineAsync(ReportJson.Write(report));
        }
        else
        {
            foreach (var finding in report.Findings)
            {
                await Console.Out.WriteLineAsync($"{finding.State, -8} {finding.Name, -12} {finding.Value}");
            }
        }

        return report.Well ? ExitCode.Done : ExitCode.NeedsDoing;
    }
}
