namespace Decant.Engine.Fetching.Segments;

/// <summary>Offset of each segment in the joined file: known as soon as the sizes of all before it are.</summary>
internal sealed class SegmentPlaces
{
    private readonly TaskCompletionSource<long>[] _starts;

    public SegmentPlaces(int segments)
    {
        _starts =
        [
            .. Enumerable
                .Range(0, segments + 1)
                .Select(_ => new TaskCompletionSource<long>(TaskCreationOptions.RunContinuationsAsynchronously)),
        ];
        _starts[0].SetResult(0);
    }

    public Task<long> StartOf(int segment) => _starts[segment].Task;

    /// <summary>Notes a segment's size.</summary>
    /// <returns>False where it was said to take another number before.</returns>
    public async ValueTask<bool> TrySizeAsync(int segment, long size)
    {
        var end = await StartOf(segment) + size;
        return _starts[segment + 1].TrySetResult(end) || await _starts[segment + 1].Task == end;
    }
}
