using Decant.Cli.Output;
using Decant.Cli.Progress;
using Decant.Engine;
using Decant.Engine.Errors;
using Decant.Server.Errors;

namespace Decant.Cli.Getting;

/// <summary>Fetches several media, some at once, each with a bar of its own. What fails of one does not stop the others.</summary>
internal sealed class GetSeveral(GetRequest request, MediaEngine engine, FetchedArchive? archive)
{
    private readonly Lock _lock = new();
    private int _fetched;
    private int _known;
    private int _failed;

    /// <returns>The exit code, which says how many failed.</returns>
    public async Task<int> RunAsync(IReadOnlyList<Target> targets, CancellationToken cancellationToken)
    {
        await ProgressDisplays
            .Choose(request.Json)
            .ShowSeveralAsync(async begin =>
            {
                await Parallel.ForEachAsync(
                    targets.Index(),
                    new ParallelOptions
                    {
                        MaxDegreeOfParallelism = request.AtOnce,
                        CancellationToken = cancellationToken,
                    },
                    async (target, token) =>
                        await FetchAsync(
                            target.Item,
                            begin($"{target.Index + 1}/{targets.Count} {target.Item.Name}"),
                            token
                        )
                );
                return true;
            });
        await Console.Error.WriteLineAsync(
            $"decant: {_fetched} of {targets.Count} fetched"
                + (_known > 0 ? $", {_known} fetched before" : "")
                + (_failed > 0 ? $", {_failed} failed" : "")
        );
        return ExitCode.OfSeveral(_failed);
    }

    private async Task FetchAsync(
        Target target,
        IProgress<EngineProgress> progress,
        CancellationToken cancellationToken
    )
    {
        try
        {
            if (target.Entry is { Failure: { } failure })
            {
                throw failure;
            }

            if (target is { Entry: { } entry, Platform: { } platform } && archive?.Has(platform, entry.Id) == true)
            {
                Interlocked.Increment(ref _known);
                return;
            }

            var info = await request.Recording.LookUpAsync(engine, target.Url, cancellationToken);
            if (info.IsPlaylist)
            {
                throw new MediaException(
                    MediaError.InvalidRequest,
                    "it is a list itself; get it on its own, as a single address"
                );
            }

            if (archive?.Has(info) == true)
            {
                Interlocked.Increment(ref _known);
                return;
            }

            var report = await new MediumFetch(request, engine).RunAsync(target.Url, info, progress, cancellationToken);
            archive?.Add(info);
            Say(report);
        }
        catch (MediaException failure) when (failure.Error != MediaError.Overloaded)
        {
            // One that this machine fails at would fail with every other, and is explained once.
            Fail(target, $"{failure.Error.Code}: {failure.Message}");
        }
        catch (ApiException failure)
        {
            Fail(target, failure.Message);
        }
    }

    private void Say(GetReport report)
    {
        lock (_lock)
        {
            _fetched++;
            Console.Out.WriteLine(request.Json ? ReportJson.WriteLine(report) : report.Path);
            Console.Out.Flush();
        }
    }

    private void Fail(Target target, string why)
    {
        lock (_lock)
        {
            _failed++;
            Console.Error.WriteLine($"decant: {target.Url}: {why}");
        }
    }
}
