using System.Text;
using Decant.Engine.Errors;
using Decant.Engine.Fetching.Hls;
using Decant.Engine.Fetching.Segments;
using Decant.Engine.Sources;

namespace Decant.Engine.Fetching.Live;

/// <summary>The ways in which a live stream says what it offers.</summary>
internal sealed class LiveReaders(SegmentRequest requests, TimeProvider time)
{
    /// <summary>The number of the newest fragment.</summary>
    private const string NewestHeader = "X-Head-Seqnum";

    /// <summary>YouTube keeps no older ones.</summary>
    private static readonly TimeSpan Memory = TimeSpan.FromHours(120);

    public ReadLive For(SourceFormat source) =>
        source switch
        {
            { FragmentDuration: { } duration } => (url, next, stop) => ReadNumbersAsync(url, duration, next, stop),
            { Protocol: FetchProtocol.Dash } => (url, _, stop) =>
                ReadManifestAsync(url, RepresentationOf(source), stop),
            _ => (url, _, stop) => ReadPlaylistAsync(url, stop),
        };

    private static string RepresentationOf(SourceFormat source) => source.Dash?.Parts[0].Representation.Id ?? source.Id;

    private async Task<LiveWindow> ReadPlaylistAsync(Uri url, CancellationToken cancellationToken)
    {
        var (text, from) = await TextAsync(url, cancellationToken);
        return HlsPlaylist.Read(text, from) switch
        {
            null => throw Unknown(url),
            { IsProtected: true } => throw HlsPlaylist.Protected(url),
            var list => new LiveWindow(
                [.. list.Segments.Select(segment => Of(segment, list))],
                list.Target,
                list.HasEnded
            ),
        };
    }

    private static LiveSegment Of(HlsSegment segment, HlsPlaylist list) =>
        new(segment.Sequence, segment.Segment, segment.Duration ?? list.Target, segment.Head, segment.IsDiscontinuous);

    private async Task<LiveWindow> ReadManifestAsync(Uri url, string format, CancellationToken cancellationToken)
    {
        var (text, from) = await TextAsync(url, cancellationToken);
        return LiveManifest.Read(text, from, format, time.GetUtcNow()) ?? throw Unknown(url);
    }

    /// <summary>YouTube's way (<c>&amp;sq=N</c>): all fragments since the beginning, each of which can be understood by itself.</summary>
    private async Task<LiveWindow> ReadNumbersAsync(
        Uri url,
        TimeSpan duration,
        long? next,
        CancellationToken cancellationToken
    )
    {
        var newest = await requests.NumberAsync(url, NewestHeader, cancellationToken) ?? throw Unknown(url);
        var first = Math.Max(next ?? 0, newest - (long)(Memory / duration));
        var fragments = new List<LiveSegment>();
        for (var number = first; number <= newest; number++)
        {
            var separator = url.Query.Length > 1 ? '&' : '?';
            var segment = new Segment(new Uri(FormattableString.Invariant($"{url.AbsoluteUri}{separator}sq={number}")));
            fragments.Add(new LiveSegment(number, segment, duration, Head: null, IsDiscontinuous: false));
        }

        return new LiveWindow(fragments, duration, HasEnded: false) { TellsEnd = false };
    }

    private async Task<(string Text, Uri From)> TextAsync(Uri url, CancellationToken cancellationToken)
    {
        var answer = await requests.GetAsync(url, null, isMedia: false, _ => { }, cancellationToken);
        return (Encoding.UTF8.GetString(answer.Bytes), answer.Url);
    }

    private static MediaException Unknown(Uri url) =>
        new(MediaError.UnsupportedUrl, $"The live stream at '{url.IdnHost}' is sent in a way that cannot be recorded.");
}
