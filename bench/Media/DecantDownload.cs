using System.Net.ServerSentEvents;
using System.Text.Json;

namespace Decant.Bench.Media;

/// <summary>The running service: submit, and be told when it is finished.</summary>
/// <param name="service">Service under measurement.</param>
/// <param name="handsOver">True where the file's way to the client counts; else it is fetched afterwards, to be looked at.</param>
internal sealed class DecantDownload(DecantService service, bool handsOver = false) : IContestant
{
    private const int WarmUps = 10;

    private readonly List<(string Link, string File)> _finished = [];

    public string Name => "Decant service";

    public bool Takes(Work work) => true;

    /// <summary>A service runs for weeks; what its first few jobs have compiled is nothing that anybody waits for.</summary>
    public async Task WarmUpAsync(Uri origin, CancellationToken cancellationToken)
    {
        foreach (var work in Enumerable.Repeat(Work.Small, WarmUps))
        {
            await MakeAsync(work, work.Addresses(origin, $"{Guid.NewGuid():n}")[0], cancellationToken);
        }
    }

    public async Task<IReadOnlyList<string>> GetAsync(
        Work work,
        IReadOnlyList<Uri> media,
        string folder,
        CancellationToken cancellationToken
    )
    {
        var links = await Task.WhenAll(media.Select(medium => MakeAsync(work, medium, cancellationToken)));
        _finished.Clear();
        _finished.AddRange(
            links.Select((link, index) => (link, Path.Combine(folder, $"medium-{index}.{work.Format}")))
        );
        string[] files = [.. _finished.Select(made => made.File)];
        if (handsOver)
        {
            await FetchAsync(cancellationToken);
        }
        return files;
    }

    /// <summary>Fetches what was finished: what a client's own disk and wire take is nobody's merit here.</summary>
    public async Task FetchAsync(CancellationToken cancellationToken)
    {
        foreach (var (link, file) in _finished)
        {
            await using var made = await service.Http.GetStreamAsync(link, cancellationToken);
            await using var kept = File.Create(file);
            await made.CopyToAsync(kept, cancellationToken);
        }
        _finished.Clear();
    }

    private async Task<string> MakeAsync(Work work, Uri medium, CancellationToken cancellationToken)
    {
        var id = await service.SubmitAsync(medium, work.Format, work.Quality, cancellationToken);
        await using var events = await service.Http.GetStreamAsync(
            $"/api/v1/video/jobs/{id}/events",
            cancellationToken
        );
        // The server says when it is finished; ten that ask a hundred times a second would cost more than what they wait for.
        await foreach (
            var said in SseParser
                .Create(events, (_, json) => JsonSerializer.Deserialize<JsonElement?>(json))
                .EnumerateAsync(cancellationToken)
        )
        {
            if (said is { EventType: "job", Data: { } job })
            {
                switch (job.GetProperty("status").GetString())
                {
                    case "COMPLETED":
                        return job.GetProperty("download_url").GetString()!;
                    case "PROCESSING":
                        break;
                    default:
                        throw new InvalidOperationException($"The job ended as {job}.");
                }
            }
        }

        throw new InvalidOperationException($"The events of job {id} ended before it did.");
    }
}
