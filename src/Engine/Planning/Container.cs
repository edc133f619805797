using System.Diagnostics.CodeAnalysis;
using Decant.Engine.Errors;

namespace Decant.Engine.Planning;

/// <summary>A kind of file the engine can make, and what it may hold. Adding one is adding a row to the table.</summary>
public sealed partial record Container
{
    private Container(string name, bool isAudio)
    {
        Name = name;
        IsAudio = isAudio;
    }

    /// <summary>File name extension and wire name, such as <c>mp4</c>.</summary>
    public string Name { get; }

    /// <summary>Holds audio alone.</summary>
    public bool IsAudio { get; }

    /// <summary>The <c>Content-Type</c> its files are served with (IANA media types).</summary>
    public required string MediaType { get; init; }

    /// <summary>The container that carries this one's audio when the picture is left out; itself for an audio container.</summary>
    public Container AudioTwin => IsAudio ? this : Audible[Name];

    /// <summary>ffmpeg's name of the muxer that writes it.</summary>
    internal string Muxer { get; private init; } = "";

    /// <summary>The muxer's own options, as ffmpeg arguments.</summary>
    internal IReadOnlyList<string> MuxerOptions { get; init; } = [];

    /// <summary>The container has an index, which goes first, so that playing starts before the whole file has come.</summary>
    internal bool HasIndexFirst { get; private init; }

    /// <summary>A name that ffprobe must give the finished file.</summary>
    internal string ProbeName { get; private init; } = "";

    /// <summary>Video codecs it may hold; the first is the one that is encoded to. Empty for an audio container.</summary>
    internal IReadOnlyList<CodecRule> VideoRules { get; init; } = [];

    /// <summary>Audio codecs it may hold; the first is the one that is encoded to.</summary>
    internal IReadOnlyList<CodecRule> AudioRules { get; private init; } = [];

    /// <summary>The tag that says where the medium came from. ffmpeg writes a Vorbis comment's <c>comment</c> and <c>description</c> to one and the same field.</summary>
    internal string SourceTag => HasVorbisComments ? "purl" : "comment";

    /// <summary>True where tags are Vorbis comments (https://wiki.xiph.org/Field_names), in which a name may have several values.</summary>
    internal bool HasVorbisComments { get; init; }

    /// <summary>True where tags are ID3v2 frames (https://id3.org).</summary>
    internal bool HasId3 { get; init; }

    /// <summary>True where tags are iTunes' atoms.</summary>
    internal bool HasAtoms { get; init; }

    /// <summary>A name of its tags may have several values, which readers tell apart.</summary>
    internal bool HasSeveralValues => HasVorbisComments || HasId3 || HasAtoms;

    /// <summary>ffmpeg's name for the recording's code.</summary>
    internal string IsrcTag => HasId3 ? "TSRC" : "ISRC";

    internal CoverArtPlace CoverArt { get; init; }

    /// <summary>Subtitle codec inside it, in ffmpeg's words; null where it has no place for subtitles that players know.</summary>
    internal string? SubtitleCodec { get; init; }

    /// <summary>Names languages by the older of two codes: Matroska's specification says so (RFC 9559, 12), and Apple's list has no others.</summary>
    internal bool OldLanguageCodes { get; init; }

    /// <summary>Keeps every bit of the decoded audio, so that a bit rate means nothing.</summary>
    internal bool IsLossless { get; init; }

    /// <summary>Frames have no times of their own: a variable frame rate must be made constant.</summary>
    internal bool ConstantFrameRate { get; init; }

    /// <summary>Can say that a picture is to be turned; elsewhere it must be encoded upright.</summary>
    internal bool KeepsRotation { get; init; }

    public static bool TryParse(string? name, [NotNullWhen(true)] out Container? container)
    {
        var wanted = name?.Trim().TrimStart('.');
        container = All.FirstOrDefault(known => string.Equals(known.Name, wanted, StringComparison.OrdinalIgnoreCase));
        return container is not null;
    }

    /// <exception cref="MediaException"><c>unknown_format</c>, listing the known ones.</exception>
    public static Container Parse(string name) =>
        TryParse(name, out var container)
            ? container
            : throw new MediaException(
                MediaError.UnknownFormat,
                $"The format \"{name}\" is not known. Known are {string.Join(", ", All.Select(known => known.Name))}."
            )
            {
                Field = "format",
            };

    internal CodecRule? VideoRule(string? codec) => VideoRules.FirstOrDefault(rule => rule.Codec == codec);

    internal CodecRule? AudioRule(string? codec) => AudioRules.FirstOrDefault(rule => rule.Codec == codec);

    /// <summary>Place in the table: of codecs that fit alike, the one that plays in more places comes first.</summary>
    internal int VideoRank(string? codec) => VideoRules.TakeWhile(rule => rule.Codec != codec).Count();

    internal Fit VideoFit(string? codec) => codec is null ? Fit.Unknown : VideoRule(codec)?.Fit ?? Fit.None;

    internal Fit AudioFit(string? codec) => codec is null ? Fit.Unknown : AudioRule(codec)?.Fit ?? Fit.None;

    public override string ToString() => Name;
}

/// <summary>Place of the cover picture in a container.</summary>
internal enum CoverArtPlace
{
    None,

    /// <summary>A picture stream marked as attached (<c>covr</c>, ID3 <c>APIC</c>, FLAC <c>PICTURE</c>).</summary>
    AttachedPicture,

    /// <summary>A FLAC picture in the comment header (https://wiki.xiph.org/VorbisComment#METADATA_BLOCK_PICTURE).</summary>
    Comment,

    /// <summary>A Matroska attachment named <c>cover.jpg</c> (https://www.matroska.org/technical/attachments.html).</summary>
    Attachment,
}
