using System.Collections.Concurrent;

namespace Decant.Engine.Keeping;

/// <summary>Finished files, made once: whoever asks for the same while it is made waits for it, and whoever asks later takes it.</summary>
internal sealed class KeptResults(KeptFiles files)
{
    private readonly ConcurrentDictionary<string, ExtractionResult> _made = new(StringComparer.Ordinal);
    private readonly WorkUnderWay _underWay = new();

    /// <param name="key">What is wanted.</param>
    /// <param name="directory">Where it is to lie.</param>
    /// <param name="progress">The caller's; told of the work of whoever does it.</param>
    /// <param name="make">Makes it there, and tells of its progress.</param>
    /// <param name="cancellationToken">Gives up; others who wait do it themselves then.</param>
    public async Task<ExtractionResult> GetAsync(
        string key,
        string directory,
        IProgress<EngineProgress> progress,
        Func<IProgress<EngineProgress>, Task<ExtractionResult>> make,
        CancellationToken cancellationToken
    )
    {
        while (true)
        {
            if (TryTake(key, directory) is { } kept)
            {
                return kept;
            }
            using var work = _underWay.Join(key, progress);
            if (!work.IsOwn)
            {
                await work.Ended.WaitAsync(cancellationToken);
                continue;
            }
            var made = await make(work);
            files.Keep(key, [.. made.Files]);
            _made[key] = made;
            return made;
        }
    }

    private ExtractionResult? TryTake(string key, string directory)
    {
        if (!_made.TryGetValue(key, out var made))
        {
            return null;
        }
        var here = made.MovedTo(directory);
        if (files.TryTake(key, [.. here.Files]))
        {
            return here;
        }
        _made.TryRemove(key, out _);
        return null;
    }
}
