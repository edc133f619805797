using Decant.Server.Telemetry;

namespace Decant.Server.Storage;

/// <summary>A storage whose work is timed.</summary>
internal sealed class MeasuredStorage(IStorage inner, TimeProvider time) : IStorage
{
    public string Place => inner.Place;

    public Task PutAsync(string path, string key, CancellationToken cancellationToken) =>
        MeasureAsync("put", () => inner.PutAsync(path, key, cancellationToken));

    public async Task<StoredContent?> OpenAsync(string key, CancellationToken cancellationToken)
    {
        StoredContent? content = null;
        await MeasureAsync("open", async () => content = await inner.OpenAsync(key, cancellationToken));
        return content;
    }

    public Task DeleteAsync(string key, CancellationToken cancellationToken) =>
        MeasureAsync("delete", () => inner.DeleteAsync(key, cancellationToken));

    public Task DeleteAllOfAsync(long jobId, CancellationToken cancellationToken) =>
        MeasureAsync("delete", () => inner.DeleteAllOfAsync(jobId, cancellationToken));

    public IAsyncEnumerable<string> ListAsync(DateTimeOffset before, CancellationToken cancellationToken) =>
        inner.ListAsync(before, cancellationToken);

    public Task TidyAsync(DateTimeOffset before, CancellationToken cancellationToken) =>
        inner.TidyAsync(before, cancellationToken);

    public Task<string> IdentifyAsync(string proposed, CancellationToken cancellationToken) =>
        inner.IdentifyAsync(proposed, cancellationToken);

    public Uri? Presign(string key, DirectAnswer answer) => inner.Presign(key, answer);

    private async Task MeasureAsync(string operation, Func<Task> work)
    {
        using var span = Measures.Source.StartActivity($"storage {operation}");
        var began = time.GetTimestamp();
        var succeeded = false;
        try
        {
            await work();
            succeeded = true;
        }
        finally
        {
            Measures.RecordStorage(time.GetElapsedTime(began), operation, succeeded);
        }
    }
}
