using Decant.Lab;

namespace Decant.Bench.Media;

/// <summary>Pages of emulated platforms, look-up and all, until the client has the whole file.</summary>
internal sealed class PlatformBench(LabInternet lab, string program, string folder)
{
    /// <param name="works">Works of <see cref="Work.Platforms"/> that are asked for.</param>
    /// <param name="cobalt">The <c>api</c> folder of a cobalt that takes part, or null.</param>
    /// <param name="rounds">Rounds that each does of each.</param>
    /// <param name="patience">Time after which a work gets no further round.</param>
    /// <param name="cancellationToken">Token that ends it.</param>
    public async Task<PlatformTable> RunAsync(
        IReadOnlyList<Work> works,
        string? cobalt,
        int rounds,
        TimeSpan patience,
        CancellationToken cancellationToken
    )
    {
        var own = Directory.CreateDirectory(Path.Combine(folder, "platforms")).FullName;
        await using var service = await DecantService.StartAsync(program, own, cancellationToken, lab);
        await using var peer = cobalt is null ? null : await Cobalt.StartAsync(cobalt, lab, cancellationToken);
        IContestant[] contestants =
        [
            new YtDlpCommand(tuned: false, lab),
            new DecantCommand(program, lab),
            new DecantDownload(service, handsOver: true),
            .. peer is null ? (IContestant[])[] : [peer],
        ];
        var rows = new List<(Work, double?[])>();
        foreach (var work in works)
        {
            // The lab makes its media at the first time, and what runs for weeks has done such work before.
            await Rounds.RunAsync(contestants, work, lab.Origin, 3, patience, own, cancellationToken);
            var (seconds, _) = await Rounds.RunAsync(
                contestants,
                work,
                lab.Origin,
                rounds,
                patience,
                own,
                cancellationToken
            );
            rows.Add((work, seconds));
        }
        return new PlatformTable([.. contestants.Select(one => one.Name)], rows);
    }
}

/// <summary>Medians in seconds of each work, in the contestants' order.</summary>
internal sealed record PlatformTable(
    IReadOnlyList<string> Contestants,
    IReadOnlyList<(Work Work, double?[] Seconds)> Rows
);
