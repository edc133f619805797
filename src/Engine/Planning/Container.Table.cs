namespace Decant.Engine.Planning;

/// <summary>The table. What each container may hold follows what its usual players play, which is less than what its muxer accepts.</summary>
public sealed partial record Container
{
    /// <summary>8-bit 4:2:0, what every hardware decoder plays. <c>yuvj420p</c> is the same with full range.</summary>
    private static readonly string[] EightBit = ["yuv420p", "yuvj420p"];

    /// <summary>Main 10 of HEVC, profile 2 of VP9 and AV1's main profile: common in hardware, unlike H.264's High 10.</summary>
    private static readonly string[] UpToTenBit = ["yuv420p", "yuvj420p", "yuv420p10le"];

    /// <summary>https://www.webmproject.org/docs/container/ (alpha is drawn by browsers).</summary>
    private static readonly string[] WebPicture = ["yuv420p", "yuva420p", "yuv420p10le"];

    /// <summary>FLV's audio header says no other rates for MP3 (Adobe FLV specification 10.1, E.4.2.1).</summary>
    private static readonly int[] FlashRates = [11025, 22050, 44100];

    private static readonly CodecRule H264 = new("h264") { PixelFormats = EightBit };

    /// <summary><c>hvc1</c> because Apple's players refuse ffmpeg's default <c>hev1</c>.</summary>
    private static readonly CodecRule Hevc = new("hevc") { PixelFormats = UpToTenBit, Tag = "hvc1" };

    /// <summary>ADTS has two bits for the profile (ISO/IEC 13818-7); HE-AAC is signalled as LC with the extension implied.</summary>
    private static readonly CodecRule AdtsAac = new("aac")
    {
        Profiles = ["Main", "LC", "SSR", "LTP", "HE-AAC", "HE-AACv2"],
    };

    /// <summary>RFC 4337, QuickTime players and browsers. AV1 and VP9 play in browsers, not on older televisions and Apple devices.</summary>
    public static readonly Container Mp4 = new("mp4", isAudio: false)
    {
        MediaType = "video/mp4",
        Muxer = "mp4",
        HasIndexFirst = true,
        HasAtoms = true,
        ProbeName = "mp4",
        KeepsRotation = true,
        VideoRules =
        [
            H264,
            Hevc with
            {
                Fit = Fit.Fair,
            },
            new("av1") { PixelFormats = UpToTenBit, Fit = Fit.LastResort },
            new("vp9") { PixelFormats = UpToTenBit, Fit = Fit.LastResort },
        ],
        AudioRules = [new("aac"), new("mp3"), new("ac3"), new("eac3"), new("alac")],
        CoverArt = CoverArtPlace.AttachedPicture,
        // 3GPP TS 26.245, the only text that players of MP4 show.
        SubtitleCodec = "mov_text",
    };

    /// <summary>https://www.webmproject.org/docs/container/</summary>
    public static readonly Container WebM = new("webm", isAudio: false)
    {
        MediaType = "video/webm",
        Muxer = "webm",
        ProbeName = "webm",
        VideoRules =
        [
            new("vp9") { PixelFormats = WebPicture },
            new("vp8") { PixelFormats = WebPicture, Fit = Fit.Fair },
            new("av1") { PixelFormats = WebPicture },
        ],
        AudioRules = [new("opus"), new("vorbis")],
        // The one kind that the container's guidelines allow.
        SubtitleCodec = "webvtt",
        OldLanguageCodes = true,
    };

    /// <summary>https://www.matroska.org/technical/codec_specs.html: nearly everything; players of .mkv come with decoders for all.</summary>
    public static readonly Container Mkv = new("mkv", isAudio: false)
    {
        MediaType = "video/x-matroska",
        Muxer = "matroska",
        ProbeName = "matroska",
        VideoRules =
        [
            new("h264"),
            new("hevc"),
            new("vp9"),
            new("av1"),
            new("vp8"),
            new("mpeg4"),
            new("mpeg2video"),
            new("mpeg1video"),
            new("theora"),
            new("prores"),
            new("ffv1"),
            new("mjpeg"),
        ],
        AudioRules =
        [
            new("aac"),
            new("opus"),
            new("vorbis"),
            new("mp3"),
            new("flac"),
            new("ac3"),
            new("eac3"),
            new("dts"),
            new("truehd"),
            new("alac"),
            new("mp2"),
            new("pcm_s16le"),
            new("pcm_s24le"),
            new("pcm_s32le"),
            new("pcm_f32le"),
        ],
        CoverArt = CoverArtPlace.Attachment,
        // https://www.matroska.org/technical/subtitles.html: S_TEXT/UTF8, which every player shows.
        SubtitleCodec = "subrip",
        OldLanguageCodes = true,
    };

    /// <summary>Adobe FLV specification 10.1, E.4.3.1: H.264 is the newest codec Flash's players know.</summary>
    public static readonly Container Flv = new("flv", isAudio: false)
    {
        MediaType = "video/x-flv",
        Muxer = "flv",
        MuxerOptions = ["-flvflags", "+add_keyframe_index"],
        ProbeName = "flv",
        VideoRules = [H264, new("flv1"), new("vp6f")],
        AudioRules = [new("aac"), new("mp3") { SampleRates = FlashRates }],
    };

    /// <summary>The players that want .avi are old: MPEG-4 ASP with MP3. H.264's reordered frames have no place in AVI's index.</summary>
    public static readonly Container Avi = new("avi", isAudio: false)
    {
        MediaType = "video/x-msvideo",
        Muxer = "avi",
        ProbeName = "avi",
        VideoRules = [new("mpeg4") { Tag = "XVID" }, new("msmpeg4v3"), new("msmpeg4v2"), new("mjpeg")],
        AudioRules = [new("mp3"), new("ac3"), new("mp2"), new("pcm_s16le")],
        ConstantFrameRate = true,
    };

    /// <summary>Apple's QuickTime file format: what QuickTime Player and Final Cut open.</summary>
    public static readonly Container Mov = new("mov", isAudio: false)
    {
        MediaType = "video/quicktime",
        Muxer = "mov",
        HasIndexFirst = true,
        ProbeName = "mov",
        KeepsRotation = true,
        VideoRules = [H264, Hevc with { Fit = Fit.Fair }, new("prores"), new("mpeg4"), new("mjpeg")],
        AudioRules = [new("aac"), new("mp3"), new("alac"), new("ac3"), new("pcm_s16le"), new("pcm_s24le")],
        SubtitleCodec = "mov_text",
        OldLanguageCodes = true,
    };

    public static readonly Container Mp3 = new("mp3", isAudio: true)
    {
        MediaType = "audio/mpeg",
        Muxer = "mp3",
        // ID3v2.3: Windows does not show 2.4.
        MuxerOptions = ["-id3v2_version", "3"],
        ProbeName = "mp3",
        HasId3 = true,
        AudioRules = [new("mp3")],
        CoverArt = CoverArtPlace.AttachedPicture,
    };

    public static readonly Container Wav = new("wav", isAudio: true)
    {
        MediaType = "audio/wav",
        Muxer = "wav",
        // Sizes in a RIFF header end at 4 GiB; RF64 where it takes more.
        MuxerOptions = ["-rf64", "auto"],
        ProbeName = "wav",
        AudioRules = [new("pcm_s16le"), new("pcm_s24le"), new("pcm_u8"), new("pcm_s32le"), new("pcm_f32le")],
        IsLossless = true,
    };

    /// <summary>Bare AAC in ADTS frames.</summary>
    public static readonly Container Aac = new("aac", isAudio: true)
    {
        MediaType = "audio/aac",
        Muxer = "adts",
        MuxerOptions = ["-write_id3v2", "1"],
        ProbeName = "aac",
        HasId3 = true,
        AudioRules = [AdtsAac],
    };

    public static readonly Container M4a = new("m4a", isAudio: true)
    {
        MediaType = "audio/mp4",
        Muxer = "ipod",
        HasIndexFirst = true,
        HasAtoms = true,
        ProbeName = "m4a",
        AudioRules = [new("aac"), new("alac")],
        CoverArt = CoverArtPlace.AttachedPicture,
    };

    /// <summary>RFC 5334: .ogg is Vorbis to most players; those of today take Opus in it too.</summary>
    public static readonly Container Ogg = new("ogg", isAudio: true)
    {
        MediaType = "audio/ogg",
        Muxer = "ogg",
        ProbeName = "ogg",
        AudioRules = [new("vorbis"), new("opus")],
        CoverArt = CoverArtPlace.Comment,
        HasVorbisComments = true,
    };

    /// <summary>RFC 7845.</summary>
    public static readonly Container Opus = new("opus", isAudio: true)
    {
        MediaType = "audio/ogg",
        Muxer = "opus",
        ProbeName = "ogg",
        AudioRules = [new("opus")],
        CoverArt = CoverArtPlace.Comment,
        HasVorbisComments = true,
    };

    /// <summary>RFC 9639.</summary>
    public static readonly Container Flac = new("flac", isAudio: true)
    {
        MediaType = "audio/flac",
        Muxer = "flac",
        ProbeName = "flac",
        AudioRules = [new("flac")],
        HasVorbisComments = true,
        CoverArt = CoverArtPlace.AttachedPicture,
        IsLossless = true,
    };

    /// <summary>The containers, in the documents' order.</summary>
    public static readonly IReadOnlyList<Container> All =
    [
        Mp4,
        WebM,
        Mkv,
        Flv,
        Avi,
        Mov,
        Mp3,
        Wav,
        Aac,
        M4a,
        Ogg,
        Opus,
        Flac,
    ];

    /// <summary>Audio container of each video container's family. Matroska's own .mka plays in few places, so mkv gives one that plays anywhere.</summary>
    private static readonly Dictionary<string, Container> Audible = new()
    {
        [Mp4.Name] = M4a,
        [Mov.Name] = M4a,
        [Mkv.Name] = M4a,
        [Flv.Name] = M4a,
        [WebM.Name] = Opus,
        [Avi.Name] = Mp3,
    };
}
