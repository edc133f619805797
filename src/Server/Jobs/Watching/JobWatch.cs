namespace Decant.Server.Jobs.Watching;

/// <summary>Changes of the watched jobs since its owner last looked. A slow reader sees the latest state of each and not all of them, so that what waits for it stays small.</summary>
internal sealed class JobWatch(long accountId, long? jobId, TimeProvider time, Action<JobWatch> onClose) : IDisposable
{
    private readonly Lock _lock = new();
    private Dictionary<long, Job?> _changed = [];
    private bool _missedSome;
    private TaskCompletionSource _news = New();

    /// <param name="id">Number of the job whose row changed.</param>
    /// <param name="job">The job, of whatever account; null where it is gone.</param>
    public void Show(long id, Job? job)
    {
        var isMine = job is null ? id == jobId : job.AccountId == accountId && (jobId is null || id == jobId);
        if (!isMine)
        {
            return;
        }

        lock (_lock)
        {
            _changed[id] = job;
            _news.TrySetResult();
        }
    }

    public void MissSome()
    {
        lock (_lock)
        {
            _missedSome = true;
            _news.TrySetResult();
        }
    }

    /// <summary>Waits for news.</summary>
    /// <param name="atMost">Longest wait.</param>
    /// <param name="cancellationToken">Token that ends it early.</param>
    /// <returns>What is new; nothing where nothing came for so long.</returns>
    public async Task<JobNews> NextAsync(TimeSpan atMost, CancellationToken cancellationToken)
    {
        try
        {
            await News().WaitAsync(atMost, time, cancellationToken);
        }
        catch (TimeoutException)
        {
            return JobNews.None;
        }

        lock (_lock)
        {
            var news = new JobNews(_changed, _missedSome);
            (_changed, _missedSome, _news) = ([], false, New());
            return news;
        }
    }

    public void Dispose() => onClose(this);

    private Task News()
    {
        lock (_lock)
        {
            return _news.Task;
        }
    }

    private static TaskCompletionSource New() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}

/// <param name="Changed">Jobs as they are now, by number; null for one that is gone.</param>
/// <param name="MissedSome">True where there may be more: look for yourself.</param>
internal sealed record JobNews(IReadOnlyDictionary<long, Job?> Changed, bool MissedSome)
{
    public static readonly JobNews None = new(new Dictionary<long, Job?>(), false);
}
