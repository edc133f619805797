using System.Globalization;
using Decant.Engine.Converting;

namespace Decant.Engine.Probing;

/// <summary>
/// Demuxers and protocols that ffmpeg may use. Formats that name other files (HLS, DASH, ffconcat, image patterns, SDP, playlists) are absent:
/// with them a "video.mp4" could read this machine's files into somebody's download.
/// </summary>
internal static class Demuxers
{
    /// <summary>
    /// ffmpeg's names of self-contained media formats; a demuxer with several names passes by any of them. Left out of what
    /// <c>ffmpeg -demuxers</c> lists, and why:
    /// <list type="bullet">
    /// <item>they name other files or addresses: hls, dash, webm_dash_manifest, imf, concat, image2, image2pipe, mlv, vobsub, rtp, rtsp, sap, sdp;</item>
    /// <item>they are scripts, or programs for a synthesizer, and end when they like: sbg, lavfi, libgme, libopenmpt, mods;</item>
    /// <item>they are devices: alsa, fbdev, kmsgrab, x11grab, video4linux2 and their like;</item>
    /// <item>they are encrypted for one buyer: aa, aax;</item>
    /// <item>they are samples without a header, which nothing tells from noise: s16le, alaw, g722, gsm, rawvideo, codec2raw, amrnb …;</item>
    /// <item>they are text or pictures of text, which come as subtitles and not as media: srt, ass, webvtt, tty, sup, scc, cdg …;</item>
    /// <item>they are what games of the nineties and consoles packed their films and music into: each a parser that nobody hardens, for files that no page serves.</item>
    /// </list>
    /// </summary>
    private const string Media =
        "aac,ac3,aiff,amr,ape,apng,asf,au,av1,avi,caf,cavsvideo,dirac,dnxhd,dsf,dts,dtshd,dv,eac3,flac,flv,gif,gxf,h261,h263,h264,hevc,"
        + "iff,ircam,ivf,ivr,kux,loas,m4v,matroska,mjpeg,mlp,mov,mp3,mpc,mpc8,mpeg,mpegts,mpegvideo,mxf,nistsphere,nsv,nut,nuv,obu,ogg,oma,"
        + "qcp,rm,shn,smjpeg,sox,swf,tak,truehd,tta,vc1,vc1test,voc,vqf,w64,wav,wsd,wtv,wv,xwma,yuv4mpegpipe";

    /// <summary>The same for pictures; <c>mov</c> is AVIF's. <c>image2</c> is absent: it expands patterns in names.</summary>
    private const string Pictures = "bmp_pipe,gif,gif_pipe,jpeg_pipe,mov,png_pipe,webp_pipe";

    /// <summary>Arguments to stand before an input that is a file of the job's directory.</summary>
    public static IReadOnlyList<string> ForFile { get; } = ["-protocol_whitelist", "file", "-format_whitelist", Media];

    /// <summary>Standard input, where frames of an mp3 come.</summary>
    public const string Mp3Pipe = "pipe:0";

    /// <summary>Arguments to stand before an input that is a file of the job's directory, one of our own relays or <see cref="Mp3Pipe"/>.</summary>
    public static IReadOnlyList<string> For(string input) =>
        IsRelay(input) ? ForRelay
        : input == Mp3Pipe ? [.. ForPipe, "-f", "mp3"]
        : ForFile;

    /// <summary>The same before one of several inputs: where one may keep ffmpeg waiting, it sleeps for 10 ms whenever it finds that one's queue empty.</summary>
    public static IReadOnlyList<string> ForOneOfSeveral(string input) =>
        IsRelay(input) || input == Mp3Pipe ? [.. For(input), "-thread_queue_size", "4096"] : For(input);

    /// <summary>The same input as ffmpeg opens it.</summary>
    public static string Url(string input) => IsRelay(input) || input == Mp3Pipe ? input : FileUrl(input);

    /// <summary>Arguments before an input that is read from standard input.</summary>
    public static IReadOnlyList<string> ForPipe { get; } = ["-protocol_whitelist", "pipe", "-format_whitelist", Media];

    /// <summary>Arguments before an input behind our own relay on the loopback.</summary>
    public static IReadOnlyList<string> ForRelay { get; } =
    ["-protocol_whitelist", "http,tcp", "-format_whitelist", Media];

    /// <summary>Arguments before a list of such files that we wrote.</summary>
    public static IReadOnlyList<string> ForParts { get; } =
    ["-protocol_whitelist", "file", "-format_whitelist", $"concat,{Media}", "-f", "concat", "-safe", "0"];

    /// <summary>Arguments before a stretch of a file of the job's directory.</summary>
    public static IReadOnlyList<string> ForStretch { get; } =
    ["-protocol_whitelist", "file,subfile", "-format_whitelist", Media];

    /// <summary>Arguments before a list of such stretches that we wrote.</summary>
    public static IReadOnlyList<string> ForStretches { get; } =
    ["-protocol_whitelist", "file,subfile", "-format_whitelist", $"concat,{Media}", "-f", "concat", "-safe", "0"];

    /// <summary>A stretch of a file as ffmpeg opens it.</summary>
    public static string StretchUrl(string path, long start, long end) =>
        string.Create(CultureInfo.InvariantCulture, $"subfile,,start,{start},end,{end},,:{path}");

    /// <summary>Arguments before a picture in a file of the job's directory.</summary>
    public static IReadOnlyList<string> ForPicture { get; } =
    ["-protocol_whitelist", "file", "-format_whitelist", Pictures];

    /// <summary>Arguments before a file of tags and chapters that we wrote.</summary>
    public static IReadOnlyList<string> ForLabels { get; } =
    ["-protocol_whitelist", "file", "-format_whitelist", "ffmetadata", "-f", "ffmetadata"];

    /// <summary>Arguments before a file of subtitles that we wrote.</summary>
    public static IReadOnlyList<string> ForSubtitles { get; } =
    ["-protocol_whitelist", "file", "-format_whitelist", "srt", "-f", "srt"];

    /// <summary>A local path as ffmpeg's file protocol takes it: no part of it can be read as another protocol.</summary>
    public static string FileUrl(string path) => "file:" + path;

    public static bool IsRelay(string input) => input.StartsWith("http://127.0.0.1:", StringComparison.Ordinal);
}
