using System.CommandLine;
using Decant.Cli.Output;
using Decant.Engine.Extracting;
using Decant.Server.Info;
using Microsoft.Extensions.Configuration;
using Spectre.Console;

namespace Decant.Cli;

/// <summary><c>decant info</c>: what is at a URL; nothing is fetched.</summary>
internal static class InfoCommand
{
    public static Command Create()
    {
        var url = new Argument<string>("url") { Description = "Page or file to look up." };
        var json = new Option<bool>("--json") { Description = "Write one JSON object (snake_case) to stdout." };
        var flags = new EngineFlags();
        var command = new Command("info", "Show what is at a URL: title, length, formats. Fetches nothing.")
        {
            url,
            json,
        };
        flags.AddTo(command);
        ExampleHelp.AddTo(
            command,
            $"""
            Examples:
              decant info 'https://www.youtube.com/watch?v=aqz-KE-bpKQ'
              decant info --json https://vimeo.com/1084537 | jq '.formats[].format_id'

            {ExitCode.Help}
            """
        );
        command.SetAction(parsed =>
            new EngineRun(flags, parsed).RunAsync(
                () => MediaUrl.Parse(parsed.GetRequiredValue(url)),
                address => [address],
                async (address, engine, cancellationToken) =>
                {
                    var info = await engine.InspectAsync(address, new InspectOptions(), cancellationToken);
                    if (parsed.GetValue(json))
                    {
                        await Console.Out.WriteLineAsync(ReportJson.Write(InfoReport.Of(info)));
                    }
                    else
                    {
                        InfoTable.Write(info, AnsiConsole.Console);
                    }

                    return ExitCode.Done;
                }
            )
        );
        return command;
    }
}
