using Decant.Engine.Errors;

namespace Decant.Engine.Keeping;

/// <summary>Work under way at this moment, by its key.</summary>
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
                Remove(key, shared);
            }
        }
        if (isOwn)
        {
            shared.Ended.TrySetResult(null);
        }
    }

    private void Leave(string key, Shared shared)
    {
        lock (_lock)
        {
            Remove(key, shared);
        }
    }

    /// <summary>The key may be another's work by now.</summary>
    private void Remove(string key, Shared shared)
    {
        if (_works.GetValueOrDefault(key) == shared)
        {
            _works.Remove(key);
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

        /// <summary>The one who does it has come to an end; with the failure that all who wait share, where there is one.</summary>
        public Task<MediaException?> Ended => shared.Ended.Task;

        /// <summary>Has all who wait now fail in the same way.</summary>
        public void Fail(MediaException failure)
        {
            works.Leave(key, shared);
            shared.Ended.TrySetResult(failure);
        }

        /// <summary>Tells all who wait, and the caller.</summary>
        public void Report(EngineProgress value) => works.Tell(shared, value);

        public void Dispose() => works.Leave(key, shared, progress, isOwn);
    }

    internal sealed class Shared
    {
        public List<IProgress<EngineProgress>> Told { get; } = [];
        public TaskCompletionSource<MediaException?> Ended { get; } =
            new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
