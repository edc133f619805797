using Decant.Engine;
using Decant.Engine.Extracting.YtDlp;

namespace Decant.Cli.Doctor;

/// <summary>Looks at what the engine stands on, by starting it.</summary>
internal static class EngineCheckup
{
    private const string Update = "`./decant update` brings a newer one.";

    public static async Task<IReadOnlyList<Finding>> RunAsync(
        MediaEngine engine,
        DateOnly today,
        CancellationToken cancellationToken
    )
    {
        var health = await engine.CheckHealthAsync(cancellationToken);
        var encoders = await engine.CheckEncodersAsync(cancellationToken);
        var status = engine.Extractor;
        return
        [
            status.Ready
                ? Describe(status, today)
                : new("extractor", FindingState.Problem, $"{status.Reason} {Update}"),
            .. status.Python is { } python ? [new Finding("python", FindingState.Ok, python)] : Array.Empty<Finding>(),
            .. health.Parts.Where(part => part.Name != "extractor").Append(encoders).Select(Describe),
        ];
    }

    private static Finding Describe(ExtractorStatus status, DateOnly today)
    {
        var age = status.AgeOn(today);
        var what = $"yt-dlp {status.Version}, {age?.ToString() ?? "?"} days old, in {status.Path}";
        return age > ExtractorStatus.OldAge
            ? new(
                "extractor",
                FindingState.Problem,
                $"{what}: platforms change monthly, and past {ExtractorStatus.OldAge} days an update is overdue. {Update}"
            )
            : new("extractor", FindingState.Ok, what);
    }

    private static Finding Describe(EnginePart part) =>
        new(
            part.Name,
            part.Present ? FindingState.Ok
                : part.Optional ? FindingState.Note
                : FindingState.Problem,
            part.Detail
        );
}
