using Decant.Engine.Errors;
using Decant.Engine.Planning;
using Decant.Engine.Probing;
using Decant.Engine.Sources;
using Decant.Engine.Tests.Converting;

namespace Decant.Engine.Tests;

/// <summary>One file with several sounds: English at 44.1 kHz and German at 48.</summary>
public sealed class AudioLanguageTests(LabEngine lab, MediaFiles files) : IClassFixture<MediaFiles>
{
    [Theory]
    [InlineData("mkv", "de", "mp4", "48000", "deu")]
    [InlineData("mkv", "en", "mp4", "44100", "eng")]
    [InlineData("mkv", null, "mkv", "44100", "eng")]
    [InlineData("mp4", "de", "m4a", "48000", "deu")]
    [InlineData("mp4", "de-DE", null, null, null)]
    [InlineData("mp4", "ger", "mkv", "48000", "ger")]
    public async Task The_sound_of_the_language_is_taken(
        string source,
        string? asked,
        string? container,
        string? rate,
        string? language
    )
    {
        var path = await SourceAsync(source);
        var info = await InspectAsync(path);
        Assert.Equal(["eng", "deu"], info.Formats[0].AudioLanguages);
        var request = OutputRequest.Parse(container, null).Refine(new Refinement { AudioLanguage = asked });
        if (rate is null)
        {
            var refusal = Assert.Throws<MediaException>(() => lab.Engine.Plan(info, request));
            Assert.Same(MediaError.UnknownFormat, refusal.Error);
            Assert.Contains("It has deu, eng.", refusal.Message, StringComparison.Ordinal);
            return;
        }

        var made = await Conversions.RunAsync(path, request, files.NewDirectory(), info: info);

        var lines = await Conversions.ShowAsync(
            made.Path,
            "-select_streams",
            "a",
            "-show_entries",
            "stream=sample_rate:stream_tags=language"
        );
        Assert.Equal([$"sample_rate={rate}", $"TAG:language={language}"], lines);
    }

    private Task<string> SourceAsync(string extension) =>
        files.MakeAsync(
            $"two-sounds.{extension}",
            [
                .. MediaFiles.Picture(320, 240),
                "-f",
                "lavfi",
                "-i",
                "sine=440:d=3:sample_rate=44100",
                "-f",
                "lavfi",
                "-i",
                "sine=880:d=3:sample_rate=48000",
                "-map",
                "0",
                "-map",
                "1",
                "-map",
                "2",
                .. MediaFiles.H264,
                "-c:a",
                "aac",
                "-metadata:s:a:0",
                "language=eng",
                "-metadata:s:a:1",
                "language=deu",
            ]
        );

    /// <summary>As a look-up does: what the file says of itself beside what its page does not.</summary>
    private static async Task<MediaInfo> InspectAsync(string path)
    {
        var ffprobe = new Ffprobe(
            new EngineOptions(),
            TimeProvider.System,
            Microsoft.Extensions.Logging.Abstractions.NullLogger<Ffprobe>.Instance
        );
        var probe = await ffprobe.ProbeAsync(path, TestContext.Current.CancellationToken);
        return Conversions.Unknown with { Formats = [Conversions.Unknown.Formats[0] with { Probe = probe }] };
    }
}
