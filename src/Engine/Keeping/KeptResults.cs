using Decant.Engine.Errors;

namespace Decant.Engine.Keeping;

/// <summary>Finished files, made once: whoever asks for the same while it is made waits for it, and fails with it; whoever asks later takes it.</summary>
internal sealed class KeptResults(KeptFiles files)
{
    private readonly WorkUnderWay _underWay = new();

    /// <param name="key">Key of the result.</param>
    /// <param name="directory">Directory that it is to lie in.</param>
    /// <param name="progress">The caller's; told of the work of whoever does it.</param>
    /// <param name="make">Maker of the result there, which tells of its progress.</param>
    /// <param name="cancellationToken">Token that ends the wait; others who wait make it themselves then.</param>
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
                if (await work.Ended.WaitAsync(cancellationToken) is { } failure)
                {
                    throw failure.Anew();
                }
                continue;
            }
            try
            {
                var made = await make(work);
                files.Keep(key, made, [.. made.Files]);
                return made;
            }
            catch (MediaException failure)
            {
                work.Fail(failure);
                throw;
            }
        }
    }

    private ExtractionResult? TryTake(string key, string directory)
    {
        if (files.ResultOf(key) is not { } made)
        {
            return null;
        }
        var here = made.MovedTo(directory);
        return files.TryTake(key, [.. here.Files]) ? here : null;
    }
}
