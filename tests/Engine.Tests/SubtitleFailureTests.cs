using Decant.Engine.Errors;
using Decant.Engine.Planning;
using Decant.Lab.Serving;

namespace Decant.Engine.Tests;

/// <summary>With a lab of its own: the faults strike every video.</summary>
public sealed class SubtitleFailureTests(PlatformEngine platform) : IClassFixture<PlatformEngine>, IDisposable
{
    private readonly string _directory = Directory.CreateTempSubdirectory("decant-run-").FullName;

    [Theory]
    [InlineData("mp4")]
    [InlineData("mp3")]
    public async Task Subtitles_that_cannot_be_had_are_told_before_the_medium_has_come(string format)
    {
        // What the lab has to make first is no part of the wait.
        var url = new Uri($"https://www.youtube.com/watch?v=subsstop{format}");
        await platform.Engine.InspectAsync(url, new(), TestContext.Current.CancellationToken);
        platform.Lab.Faults.Script("/videoplayback", Fault.StallAfter(50_000), times: 100);
        platform.Lab.Faults.Script("/api/timedtext", Fault.Status(404));

        var failure = await Assert.ThrowsAsync<MediaException>(() =>
            platform
                .Engine.RunAsync(
                    url,
                    OutputRequest
                        .Parse(format, format == "mp4" ? "144p" : null)
                        .Refine(
                            new Refinement
                            {
                                Subtitles = new() { Languages = ["en"], Mode = "files" },
                            }
                        ),
                    _directory,
                    new DirectProgress<EngineProgress>(_ => { }),
                    TestContext.Current.CancellationToken
                )
                .WaitAsync(Quiet.Patience, TestContext.Current.CancellationToken)
        );

        Assert.Contains("subtitles in the language \"en\"", failure.Message, StringComparison.Ordinal);
        Assert.Empty(Directory.EnumerateFileSystemEntries(_directory));
    }

    public void Dispose() => Directory.Delete(_directory, recursive: true);
}
