using System.Buffers.Binary;
using System.Collections.Concurrent;
using System.Text;
using Decant.Engine.Children;

namespace Decant.Engine.Tests.Fetching.Hls;

/// <summary>Segments of HLS media, made once, and an origin that serves them beside playlists that tests write.</summary>
public sealed class HlsMaterial(LabEngine lab) : IAsyncLifetime
{
    private readonly string _directory = Directory.CreateTempSubdirectory("decant-hls-").FullName;
    private readonly ConcurrentDictionary<string, byte[]> _written = new();
    private RawOrigin _origin = null!;

    /// <summary>Sixteen zeros, as a data URI.</summary>
    public const string Key = "data:application/octet-stream;base64,AAAAAAAAAAAAAAAAAAAAAA==";

    public async ValueTask InitializeAsync()
    {
        _origin = new RawOrigin(Answer);
        // The pitch of the sound rises by 80 Hz a second from 200 Hz ("main"), and falls by 80 from 900 ("advert").
        await MakeAsync("main", 4, "160x90", 44_100, "200*t+40*t*t");
        await MakeAsync("advert", 2, "160x90", 48_000, "900*t-40*t*t");
        await MakeAsync("small", 2, "96x54", 44_100, "900*t-40*t*t");
        await SegmentAsync("main", "ts", "-map 0");
        await SegmentAsync("advert", "ts", "-map 0");
        await SegmentAsync("small", "ts", "-map 0");
        await SegmentAsync("main", "mp4", "-map 0");
        await SegmentAsync("advert", "mp4", "-map 0");
        await SegmentAsync("main", "picture", "-map 0:v");
        await SegmentAsync("main", "sound", "-map 0:a");
        await SegmentAsync("main", "late", "-map 0:a -output_ts_offset 0.5");
        await SegmentAsync("main", "aes", "-map 0 -hls_key_info_file keys");
        await PackAsync("aac", "aac", "-c copy");
        await PackAsync("mp3", "mp3", "-c:a libmp3lame -write_xing 0 -id3v2_version 0");
        await PackAsync("ac3", "ac3", "-c:a ac3");
        await TimeAsync("timed", "aac", TimeSpan.Zero);
        await TimeAsync("timed-late", "aac", TimeSpan.FromSeconds(0.5));
        await TimeAsync("timed-late", "ac3", TimeSpan.FromSeconds(0.5));
        await TimeAsync("timed-elsewhere", "aac", TimeSpan.FromSeconds(8.6));
        await RunAsync("-f lavfi -i color=s=8x8 -frames:v 1 pixel.png");
        await PrefixAsync("png", "ts", await ReadAsync("pixel.png"));
        await PrefixAsync("mp4-png", "m4s", await ReadAsync("pixel.png"), "mp4");
        await PrefixAsync("junk", "ts", [.. Enumerable.Repeat((byte)0xff, 188), .. "no media"u8]);
        await PrefixAsync("aes-png", "ts", await ReadAsync("pixel.png"), "aes");
        await RunAsync(
            "-i main.mp4 -c copy -movflags frag_keyframe+empty_moov+default_base_moof -encryption_scheme cenc-aes-ctr"
                + " -encryption_key 00112233445566778899aabbccddeeff -encryption_kid 112233445566778899aabbccddeeff00 protected.mp4"
        );
    }

    /// <summary>A file of the material in an address of its own.</summary>
    public string DataUriOf(string name) =>
        $"data:video/mp4;base64,{Convert.ToBase64String(File.ReadAllBytes(Path.Combine(_directory, name)))}";

    /// <summary>Address of a file of the material.</summary>
    public Uri At(string name) => new(_origin.Url, $"/{name}");

    /// <summary>Serves a playlist.</summary>
    /// <returns>Its address.</returns>
    public Uri Serve(string name, string playlist)
    {
        _written[name] = Encoding.UTF8.GetBytes(playlist);
        return new Uri(_origin.Url, $"/{name}");
    }

    /// <summary>Serves a picture and its sound, each in a list of its own.</summary>
    /// <returns>Address of the list of both.</returns>
    public Uri ServeApart(string name, string picture, string sound)
    {
        Serve($"{name}-picture.m3u8", picture);
        Serve($"{name}-sound.m3u8", sound);
        return Serve(
            $"apart-{name}.m3u8",
            $"""
            #EXTM3U
            #EXT-X-MEDIA:TYPE=AUDIO,GROUP-ID="g",NAME="en",LANGUAGE="en",DEFAULT=YES,URI="{name}-sound.m3u8"
            #EXT-X-STREAM-INF:BANDWIDTH=400000,RESOLUTION=160x90,CODECS="avc1.42c00b,mp4a.40.2",AUDIO="g"
            {name}-picture.m3u8
            """
        );
    }

    /// <summary>Path of the file that the engine makes of a medium.</summary>
    public async Task<string> RunAsync(Uri url, string format = "mp4")
    {
        var directory = Directory.CreateDirectory(Path.Combine(_directory, Guid.NewGuid().ToString("n"))).FullName;
        return (await lab.RunAsync(url, format, directory)).Path;
    }

    public async ValueTask DisposeAsync()
    {
        await _origin.DisposeAsync();
        Directory.Delete(_directory, recursive: true);
    }

    private Reply Answer(Asked asked)
    {
        var name = new Uri(_origin.Url, asked.Head.StartLine.Second).AbsolutePath.TrimStart('/');
        var path = Path.Combine(_directory, Path.GetFileName(name));
        var bytes =
            _written.TryGetValue(name, out var text) ? text
            : File.Exists(path) ? File.ReadAllBytes(path)
            : null;
        var type = Path.GetExtension(name) switch
        {
            ".m3u8" => "application/vnd.apple.mpegurl",
            ".mpd" => "application/dash+xml",
            ".mp4" => "video/mp4",
            ".aac" => "audio/aac",
            ".mp3" => "audio/mpeg",
            ".ac3" => "audio/ac3",
            _ => "video/mp2t",
        };
        return bytes is null
            ? new Reply("404 Not Found", ReadOnlyMemory<byte>.Empty, "Content-Length: 0")
            : new Reply("200 OK", bytes, $"Content-Length: {bytes.Length}", $"Content-Type: {type}");
    }

    private Task<byte[]> ReadAsync(string name) => File.ReadAllBytesAsync(Path.Combine(_directory, name));

    private async Task PrefixAsync(string kind, string extension, byte[] prefix, string of = "ts")
    {
        for (var number = 0; number < 2; number++)
        {
            await File.WriteAllBytesAsync(
                Path.Combine(_directory, $"main-{kind}-{number}.{extension}"),
                [.. prefix, .. await ReadAsync($"main-{of}-{number}.{extension}")]
            );
        }
    }

    /// <summary>The main medium's sound, cut into files of its own coding (RFC 8216, 3.4).</summary>
    private Task PackAsync(string kind, string format, string coding) =>
        RunAsync(
            $"-i main.mp4 -map 0:a {coding} -f segment -segment_time 2 -segment_format {(format == "aac" ? "adts" : format)} main-{kind}-%d.{format}"
        );

    /// <summary>The same with the time that a player goes by, on the clock of the transport streams, which begin at 1.4 s.</summary>
    private async Task TimeAsync(string kind, string format, TimeSpan late)
    {
        for (var number = 0; number < 2; number++)
        {
            var time = new byte[8];
            BinaryPrimitives.WriteInt64BigEndian(time, (long)((1.4 + (2 * number) + late.TotalSeconds) * 90_000));
            byte[] frame = [.. "com.apple.streaming.transportStreamTimestamp\0"u8, .. time];
            // Sizes are numbers of seven bits a byte (id3v2.4.0-structure, 6.2).
            byte[] tag =
            [
                .. "ID3"u8,
                4,
                0,
                0,
                .. (byte[])[0, 0, 0, (byte)(frame.Length + 10)],
                .. "PRIV"u8,
                .. (byte[])[0, 0, 0, (byte)frame.Length],
                0,
                0,
                .. frame,
            ];
            await File.WriteAllBytesAsync(
                Path.Combine(_directory, $"main-{kind}-{number}.{format}"),
                [.. tag, .. await ReadAsync($"main-{format}-{number}.{format}")]
            );
        }
    }

    private Task MakeAsync(string name, int seconds, string size, int rate, string phase) =>
        RunAsync(
            $"-f lavfi -i testsrc2=s={size}:r=25:d={seconds} -f lavfi -i aevalsrc='0.4*sin(2*PI*({phase}))':s={rate}:d={seconds}"
                + $" -c:v libx264 -preset ultrafast -pix_fmt yuv420p -g 50 -keyint_min 50 -sc_threshold 0 -c:a aac -b:a 96k {name}.mp4"
        );

    private async Task SegmentAsync(string name, string kind, string options)
    {
        await File.WriteAllBytesAsync(Path.Combine(_directory, "key"), new byte[16]);
        await File.WriteAllTextAsync(Path.Combine(_directory, "keys"), "key\nkey\n00000000000000000000000000000001\n");
        var (extension, type) =
            kind == "mp4" ? ("m4s", $"-hls_segment_type fmp4 -hls_fmp4_init_filename {name}-init.mp4") : ("ts", "");
        await RunAsync(
            $"-i {name}.mp4 {options} -c copy -f hls -hls_time 2 -hls_playlist_type vod {type} -hls_segment_filename {name}-{kind}-%d.{extension} {name}-{kind}.list"
        );
    }

    private async Task RunAsync(string arguments)
    {
        var outcome = await ChildProcess.RunAsync(
            new ChildCommand(
                "/usr/bin/ffmpeg",
                [
                    "-v",
                    "error",
                    "-nostdin",
                    "-y",
                    .. arguments.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(word => word.Trim('\'')),
                ]
            )
            {
                Access = null,
                WorkingDirectory = _directory,
            },
            TestContext.Current.CancellationToken
        );
        Assert.True(outcome.Succeeded, outcome.ErrorTail);
    }
}
