namespace Decant.Engine;

/// <summary>Calls at once and on the reporting thread; <see cref="Progress{T}"/> posts to the pool and may reorder.</summary>
internal sealed class DirectProgress<T>(Action<T> report) : IProgress<T>
{
    public void Report(T value) => report(value);
}
