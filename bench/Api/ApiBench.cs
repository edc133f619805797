using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net.Http.Json;
using Decant.Bench.Media;
using Decant.Lab;

namespace Decant.Bench.Api;

/// <summary>The API alone: how many calls it answers, and how long each waits, at rest and while every worker encodes.</summary>
internal sealed class ApiBench(LabInternet lab, DecantService service, TimeSpan length)
{
    private const int Connections = 50;
    private const int Burst = 30;

    private readonly Uri _page = new(lab.Origin, "media/small.mp4?api");

    public async Task<IReadOnlyList<Latencies>> RunAsync(CancellationToken cancellationToken)
    {
        var job = await FinishedJobAsync(cancellationToken);
        Func<int, Task<HttpResponseMessage>> info = _ => InfoAsync(_page, cancellationToken);
        Func<int, Task<HttpResponseMessage>> status = _ =>
            service.Http.GetAsync($"/api/v1/video/jobs/{job}", cancellationToken);
        Func<int, Task<HttpResponseMessage>> list = _ =>
            service.Http.GetAsync("/api/v1/video/jobs?limit=50", cancellationToken);
        List<Latencies> all =
        [
            await LoadAsync("info, cached, one caller", 1, info, cancellationToken),
            await ColdAsync(cancellationToken),
            await LoadAsync($"info, cached, {Connections} connections", Connections, info, cancellationToken),
            await LoadAsync($"status, {Connections} connections", Connections, status, cancellationToken),
            await LoadAsync($"list of 50, {Connections} connections", Connections, list, cancellationToken),
            await BurstAsync(cancellationToken),
        ];
        await using (await BusyAsync(cancellationToken))
        {
            all.Add(await LoadAsync("status, one caller, every worker encoding", 1, status, cancellationToken));
            all.Add(await LoadAsync("list of 50, one caller, every worker encoding", 1, list, cancellationToken));
        }
        return all;
    }

    private async Task<long> FinishedJobAsync(CancellationToken cancellationToken)
    {
        var made = new DecantDownload(service);
        await made.GetAsync(
            new Work("", "", "mp4", 10),
            [new Uri(lab.Origin, "media/small.mp4?job")],
            "/",
            cancellationToken
        );
        using var answer = await InfoAsync(_page, cancellationToken);
        answer.EnsureSuccessStatusCode();
        return await service.SubmitAsync(_page, "mp4", null, cancellationToken);
    }

    private async Task<HttpResponseMessage> InfoAsync(Uri page, CancellationToken cancellationToken) =>
        await service.Http.PostAsJsonAsync("/api/v1/video/info", new { url = page.ToString() }, cancellationToken);

    private async Task<Latencies> LoadAsync(
        string name,
        int callers,
        Func<int, Task<HttpResponseMessage>> call,
        CancellationToken cancellationToken
    )
    {
        var times = new ConcurrentBag<double>();
        var started = Stopwatch.GetTimestamp();
        await Task.WhenAll(
            Enumerable
                .Range(0, callers)
                .Select(async caller =>
                {
                    while (Stopwatch.GetElapsedTime(started) < length)
                    {
                        times.Add(await TimeAsync(() => call(caller)));
                    }
                })
        );
        cancellationToken.ThrowIfCancellationRequested();
        var took = Stopwatch.GetElapsedTime(started).TotalSeconds;
        return new Latencies(name, times.Count / took, [.. times.Order()]);
    }

    /// <summary>Pages nobody has asked for.</summary>
    private async Task<Latencies> ColdAsync(CancellationToken cancellationToken)
    {
        var times = new List<double>();
        var started = Stopwatch.GetTimestamp();
        for (var index = 0; index < Burst; index++)
        {
            var page = new Uri(lab.Origin, $"media/small.mp4?cold={Guid.NewGuid():n}");
            times.Add(await TimeAsync(() => InfoAsync(page, cancellationToken)));
        }
        var took = Stopwatch.GetElapsedTime(started).TotalSeconds;
        return new Latencies("info, cold, one caller", Burst / took, [.. times.Order()]);
    }

    /// <summary>Submissions of different URLs, all at the same moment.</summary>
    private async Task<Latencies> BurstAsync(CancellationToken cancellationToken)
    {
        var started = Stopwatch.GetTimestamp();
        var times = await Task.WhenAll(
            Enumerable
                .Range(0, Burst)
                .Select(async _ =>
                {
                    var page = new Uri(lab.Origin, $"media/small.mp4?burst={Guid.NewGuid():n}");
                    var began = Stopwatch.GetTimestamp();
                    await service.SubmitAsync(page, "mp4", null, cancellationToken);
                    return Stopwatch.GetElapsedTime(began).TotalMilliseconds;
                })
        );
        var took = Stopwatch.GetElapsedTime(started).TotalSeconds;
        return new Latencies($"{Burst} submissions at once", Burst / took, [.. times.Order()]);
    }

    /// <summary>Gives every worker a film to encode; they are cancelled when this is disposed.</summary>
    private async Task<IAsyncDisposable> BusyAsync(CancellationToken cancellationToken)
    {
        var jobs = new List<long>();
        for (var worker = 0; worker < Environment.ProcessorCount; worker++)
        {
            var film = new Uri(lab.Origin, $"media/film-600.mp4?busy={Guid.NewGuid():n}");
            jobs.Add(await service.SubmitAsync(film, "webm", null, cancellationToken));
        }
        return new BusyWorkers(service, jobs);
    }

    private static async Task<double> TimeAsync(Func<Task<HttpResponseMessage>> call)
    {
        var started = Stopwatch.GetTimestamp();
        using var answer = await call();
        answer.EnsureSuccessStatusCode();
        return Stopwatch.GetElapsedTime(started).TotalMilliseconds;
    }

    private sealed class BusyWorkers(DecantService service, List<long> jobs) : IAsyncDisposable
    {
        public async ValueTask DisposeAsync()
        {
            foreach (var job in jobs)
            {
                using var answer = await service.Http.DeleteAsync($"/api/v1/video/jobs/{job}", CancellationToken.None);
            }
        }
    }
}
