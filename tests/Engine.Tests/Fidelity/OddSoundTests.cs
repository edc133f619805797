using System.Globalization;
using Decant.Engine.Tests.Converting;
using Decant.Engine.Tests.Egress;
using Decant.Engine.Tests.Fetching;
using Microsoft.AspNetCore.Http;

namespace Decant.Engine.Tests.Fidelity;

/// <summary>Sounds that do not say how long they are, from origins that answer in ways of their own: all of each comes out.</summary>
public sealed class OddSoundTests(LabEngine lab, MediaFiles files) : IClassFixture<MediaFiles>
{
    private const double Seconds = 6;

    private static readonly string[] Origins =
    [
        "a part of an unknown whole",
        "a part without saying which",
        "416 to a range",
        "416 to the whole as a range",
        "403 to a range",
        "gzip unasked",
        "media called a page",
        "a part that begins earlier",
    ];

    private static readonly string[] Sounds = ["no-xing.mp3", "junk.mp3", "quiet-loud.aac"];

    private static readonly string[] Formats = ["mp3", "m4a", "opus"];

    /// <summary>Every sound from every origin; formats, and addresses with and without an extension, take turns.</summary>
    public static TheoryData<string, string, string, string> Some =>
        [
            .. All.Where(row =>
                Array.IndexOf(Origins, row.Data.Item1) + Array.IndexOf(Sounds, row.Data.Item2) is var turn
                && row.Data.Item3 == Formats[turn % Formats.Length]
                && row.Data.Item4 == "listen" == (turn % 2 == 1)
            ),
        ];

    public static TheoryData<string, string, string, string> All =>
        [
            .. from origin in Origins
            from sound in Sounds
            from format in Formats
            from address in (string[])[sound, "listen"]
            select (origin, sound, format, address),
        ];

    [Theory]
    [MemberData(nameof(Some))]
    public async Task All_of_it_comes_out(string origin, string sound, string format, string address)
    {
        var source = await MakeAsync(sound);
        await using var served = OddOrigins.Open(
            origin,
            await File.ReadAllBytesAsync(source, TestContext.Current.CancellationToken)
        );

        var made = await lab.RunAsync(new Uri(served.Url, "/" + address), format, files.NewDirectory());

        await HoldAsync($"{sound} to {format}, {origin}, at /{address}", source, made);
    }

    [Theory]
    [MemberData(nameof(All))]
    [Trait("Run", "exhaustive")]
    public Task All_of_it_comes_out_as_every_format(string origin, string sound, string format, string address) =>
        All_of_it_comes_out(origin, sound, format, address);

    /// <summary>Longer than the extractor waits for an answer.</summary>
    [Theory]
    [InlineData("no-xing.mp3", "mp3", "listen")]
    [InlineData("quiet-loud.aac", "opus", "listen")]
    [InlineData("junk.mp3", "m4a", "junk.mp3")]
    [Trait("Run", "exhaustive")]
    public async Task All_of_it_comes_out_where_the_first_answer_takes_25_s(string sound, string format, string address)
    {
        var source = await MakeAsync(sound);
        await using var served = await Origin.StartAsync(async context =>
        {
            // The slowness is the case.
            await Task.Delay(TimeSpan.FromSeconds(25), context.RequestAborted);
            await TypedResults
                .PhysicalFile(source, "application/octet-stream", enableRangeProcessing: true)
                .ExecuteAsync(context);
        });

        var made = await lab.RunAsync(new Uri(served.Url, "/" + address), format, files.NewDirectory());

        await HoldAsync($"{sound} to {format}, a first answer after 25 s, at /{address}", source, made);
    }

    private async Task<string> MakeAsync(string name)
    {
        const string Quiet = "anoisesrc=c=pink:a=0.0002:r=44100:d=5";
        const string Loud = "anoisesrc=c=white:a=0.8:r=44100:d=1";
        var (first, then) = name == "quiet-loud.aac" ? (Quiet, Loud) : (Loud, Quiet);
        string[] coding = name.EndsWith("aac", StringComparison.Ordinal)
            ? ["-c:a", "aac", "-q:a", "2"]
            : ["-q:a", "2", "-write_xing", "0", "-id3v2_version", "0"];
        string[] sound = ["-f", "lavfi", "-i", first, "-f", "lavfi", "-i", then];
        var made = await files.MakeAsync(
            name == "junk.mp3" ? "no-xing.mp3" : name,
            [.. sound, "-filter_complex", "[0][1]concat=n=2:v=0:a=1", .. coding]
        );
        if (name != "junk.mp3")
            return made;
        var junk = Path.Combine(files.NewDirectory(), name);
        await File.WriteAllBytesAsync(
            junk,
            [.. await File.ReadAllBytesAsync(made, TestContext.Current.CancellationToken), .. new byte[200_000]],
            TestContext.Current.CancellationToken
        );
        return junk;
    }

    private static async Task HoldAsync(string name, string source, ExtractionResult made)
    {
        var came = Assert.Single(await StreamShape.ReadAsync(made.Path));
        Assert.Equal(Seconds, came.Length, tolerance: 0.15);
        Assert.Null(made.AnnouncedDuration);
        FidelityTable.Record(
            "Sounds of unknown length from odd origins",
            name,
            string.Create(CultureInfo.InvariantCulture, $"{new FileInfo(source).Length} bytes, {Seconds} s"),
            $"{came}"
        );
    }
}
