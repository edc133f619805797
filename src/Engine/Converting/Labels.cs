using System.Buffers.Binary;
using System.Globalization;
using System.Text;
using Decant.Engine.Planning;
using Decant.Engine.Sources;

namespace Decant.Engine.Converting;

/// <summary>A file in ffmpeg's own metadata format (https://ffmpeg.org/ffmpeg-formats.html#Metadata-2): chapters, and tags too long for an argument.</summary>
internal static class Labels
{
    private const int FrontCover = 3;

    /// <param name="plan">Plan of the conversion.</param>
    /// <param name="coverArt">A JPEG; null for none.</param>
    /// <param name="path">Path of the file to write.</param>
    /// <param name="cancellationToken">Token that ends the writing.</param>
    /// <returns>False where the plan needs no such file.</returns>
    public static async Task<bool> WriteAsync(
        ConversionPlan plan,
        string? coverArt,
        string path,
        CancellationToken cancellationToken
    )
    {
        var isCommented = coverArt is not null && plan.Container.CoverArt == CoverArtPlace.Comment;
        if (!isCommented && plan.Chapters.Count == 0)
            return false;
        var text = new StringBuilder(";FFMETADATA1\n");
        if (isCommented)
        {
            var picture = PictureBlock(await File.ReadAllBytesAsync(coverArt!, cancellationToken));
            text.Append("METADATA_BLOCK_PICTURE=").Append(Escape(Convert.ToBase64String(picture))).Append('\n');
        }
        if (AreComments(plan))
            AppendComments(text, plan.Chapters);
        foreach (var chapter in plan.Chapters)
            text.Append("[CHAPTER]\nTIMEBASE=1/1000\n")
                .Append(
                    CultureInfo.InvariantCulture,
                    $"START={(long)chapter.Start.TotalMilliseconds}\nEND={(long)chapter.End.TotalMilliseconds}\n"
                )
                .Append("title=")
                .Append(Escape(chapter.Title))
                .Append('\n');
        await File.WriteAllTextAsync(path, text.ToString(), cancellationToken);
        return true;
    }

    /// <summary>ffmpeg writes chapters into the comments of Opus, and forgets to with Vorbis and FLAC.</summary>
    private static bool AreComments(ConversionPlan plan) =>
        (plan.Container == Container.Ogg || plan.Container == Container.Flac) && plan.Promise.AudioCodec != "opus";

    /// <summary>Vorbis comments that are chapters (https://wiki.xiph.org/Chapter_Extension).</summary>
    private static void AppendComments(StringBuilder text, IReadOnlyList<Chapter> chapters)
    {
        for (var index = 0; index < chapters.Count; index++)
            text.Append(
                CultureInfo.InvariantCulture,
                $"CHAPTER{index:000}={Hours(chapters[index].Start)}\nCHAPTER{index:000}NAME={Escape(chapters[index].Title)}\n"
            );
    }

    private static string Hours(TimeSpan time) =>
        string.Create(CultureInfo.InvariantCulture, $"{(int)time.TotalHours:00}:{time:mm\\:ss\\.fff}");

    /// <summary>A FLAC picture block (RFC 9639, 8.8); sizes of 0 mean that the JPEG itself says them.</summary>
    private static byte[] PictureBlock(byte[] jpeg)
    {
        var type = "image/jpeg"u8;
        var block = new byte[4 + 4 + type.Length + 4 + 16 + 4 + jpeg.Length];
        BinaryPrimitives.WriteInt32BigEndian(block, FrontCover);
        BinaryPrimitives.WriteInt32BigEndian(block.AsSpan(4), type.Length);
        type.CopyTo(block.AsSpan(8));
        BinaryPrimitives.WriteInt32BigEndian(block.AsSpan(block.Length - jpeg.Length - 4), jpeg.Length);
        jpeg.CopyTo(block, block.Length - jpeg.Length);
        return block;
    }

    /// <summary>Characters that mean something in the format are escaped by a backslash.</summary>
    private static string Escape(string value)
    {
        var escaped = new StringBuilder(value.Length);
        foreach (var letter in value)
            (letter is '=' or ';' or '#' or '\\' or '\n' ? escaped.Append('\\') : escaped).Append(letter);
        return escaped.ToString();
    }
}
