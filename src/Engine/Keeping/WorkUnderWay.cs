namespace Decant.Engine.Keeping;

/// <summary>What is being done at this moment, by its key.</summary>
internal sealed class WorkUnderWay
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, Shared> _works = new(StringComparer.Ordinal);

    /// <returns>The caller's part in it: that of the one who does it, or of one who waits. To be disposed of when it is over for the caller.</returns>
    public Share Join(string key, IProgress<EngineProgress> progress)
    {
        lock (_lock)
        {
            var isOwn = !_works.TryGetValue(key, out var shared);
            if (isOwn)
            {
                _works[key] = shared = new Shared();
            }
            shared!.Told.Add(progress);
            return new Share(this, key, shared, progress, isOwn);
        }
    }

    private void Leave(string key, Shared shared, IProgress<EngineProgress> progress, bool isOwn)
    {
        lock (_lock)
        {
            shared.Told.Remove(progress);
            if (isOwn)
            {
                _works.Remove(key);
            }
        }
        if (isOwn)
        {
            shared.Ended.TrySetResult();
        }
    }

    private void Tell(Shared shared, EngineProgress value)
    {
        lock (_lock)
        {
            foreach (var progress in shared.Told)
            {
                progress.Report(value);
            }
        }
    }

    internal sealed class Share(
        WorkUnderWay works,
        string key,
        Shared shared,
        IProgress<EngineProgress> progress,
        bool isOwn
    ) : IProgress<EngineProgress>, IDisposable
    {
        /// <summary>The caller does the work.</summary>
        public bool IsOwn => isOwn;

        /// <summary>The one who does it has come to an end, good or bad.</summary>
        public Task Ended => shared.Ended.Task;

        /// <summary>Tells all who wait, and the caller.</summary>
        public void Report(EngineProgress value) => works.Tell(shared, value);

        public void Dispose() => works.Leave(key, shared, progress, isOwn);
    }

    internal sealed class Shared
    {
        public List<IProgress<EngineProgress>> Told { get; } = [];
        public TaskCompletionSource Ended { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
