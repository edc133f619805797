using System.Globalization;
using Decant.Lab.Media;

namespace Decant.Lab.Origin;

/// <summary>Segments of live streams whose picture (0) and sound (1) are apart. The recording starts over before its last, short one.</summary>
internal sealed class LiveFragments(MediaCatalogue catalogue)
{
    private const string Folder = "live-fragments";
    private const int Recorded = 59;

    public async Task<IResult> HeadAsync(int stream, CancellationToken cancellationToken) =>
        StoredFile.Serve(await PathAsync(HeadOf(stream), cancellationToken));

    public async Task<IResult> SegmentAsync(int stream, int number, CancellationToken cancellationToken) =>
        StoredFile.Serve(await PathAsync(NameOf(stream, number), cancellationToken));

    /// <summary>A segment with what has to stand before it.</summary>
    public async Task<byte[]> WholeAsync(int stream, int number, CancellationToken cancellationToken) =>
        [
            .. await File.ReadAllBytesAsync(await PathAsync(HeadOf(stream), cancellationToken), cancellationToken),
            .. await File.ReadAllBytesAsync(
                await PathAsync(NameOf(stream, number), cancellationToken),
                cancellationToken
            ),
        ];

    private async Task<string> PathAsync(string name, CancellationToken cancellationToken) =>
        (await catalogue.FindFileAsync(Folder, name, cancellationToken))!;

    private static string HeadOf(int stream) => string.Create(CultureInfo.InvariantCulture, $"init-stream{stream}.m4s");

    private static string NameOf(int stream, int number) =>
        string.Create(CultureInfo.InvariantCulture, $"chunk-stream{stream}-{(number % Recorded) + 1:00000}.m4s");
}
