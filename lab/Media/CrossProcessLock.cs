namespace Decant.Lab.Media;

/// <summary>Holds a lock file, so that several test processes make each thing only once.</summary>
internal sealed class CrossProcessLock : IDisposable
{
    private static readonly TimeSpan Retry = TimeSpan.FromMilliseconds(25);

    private readonly FileStream _file;

    private CrossProcessLock(FileStream file) => _file = file;

    public static async Task<CrossProcessLock> TakeAsync(string path, CancellationToken cancellationToken)
    {
        while (true)
        {
            try
            {
                return new CrossProcessLock(
                    new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None)
                );
            }
            catch (IOException) when (File.Exists(path))
            {
                // Another process holds it: there is no signal across processes, so ask again shortly.
                await Task.Delay(Retry, cancellationToken);
            }
        }
    }

    public void Dispose() => _file.Dispose();
}
