using Decant.Engine.Probing;

namespace Decant.Engine.Fetching.Live;

/// <summary>Measures what a segment of a live stream plays: its playlist may say anything.</summary>
internal sealed class SegmentMeasure(Ffprobe ffprobe)
{
    private static readonly TimeSpan LeastDifference = TimeSpan.FromMilliseconds(60);

    /// <param name="path">Scratch file, gone afterwards.</param>
    /// <param name="head">Bytes that stand before it to be understood; null where it stands for itself.</param>
    /// <param name="segment">The segment.</param>
    /// <param name="said">Length as the source says it.</param>
    /// <param name="cancellationToken">Token that ends the measuring.</param>
    /// <returns>Its beginning; and the said length where it is right within 2 %, or where the segment alone tells nothing, else the length that its packets have.</returns>
    public async Task<MeasuredSegment> MeasureAsync(
        string path,
        byte[]? head,
        byte[] segment,
        TimeSpan said,
        CancellationToken cancellationToken
    )
    {
        try
        {
            await using (var file = File.Create(path))
            {
                await file.WriteAsync(head, cancellationToken);
                await file.WriteAsync(segment, cancellationToken);
            }

            var read = await ffprobe.ReadThroughAsync(path, cancellationToken);
            var played = read
                .Media?.Streams.Where(stream => stream.Kind is StreamKind.Video or StreamKind.Audio)
                .Select(stream => stream.Packets?.Sum ?? TimeSpan.Zero)
                .DefaultIfEmpty()
                .Max();
            var usual = said / 50 > LeastDifference ? said / 50 : LeastDifference;
            var length = played is not { Ticks: > 0 } real || (real - said).Duration() <= usual ? said : real;
            return new MeasuredSegment(
                length,
                read.Media is { } media ? PackedSound.Mark(media, path).ClockStart : null
            );
        }
        finally
        {
            File.Delete(path);
        }
    }
}

/// <param name="Duration">Playing time.</param>
/// <param name="Start">Beginning on the clock of the media; null where it tells none.</param>
internal readonly record struct MeasuredSegment(TimeSpan Duration, TimeSpan? Start);
