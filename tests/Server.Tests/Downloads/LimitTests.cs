using Decant.Server.Tests.Documents;
using Decant.Server.Tests.Fixture;
using Decant.Server.Tests.Jobs;

namespace Decant.Server.Tests.Downloads;

public sealed class LimitTests
{
    [Fact]
    public async Task A_medium_past_a_limit_is_refused_with_what_would_fit()
    {
        await using var server = await DecantServer.StartAsync<Sqlite>(
            "Limits:MaxDuration=00:05:00",
            "Limits:MaxBytes=1500000"
        );

        var tooLong = await (
            await server.PostAsync(JobFlow.Download, new { url = LabPages.YouTube("eleven00660") })
        ).ReadProblemAsync(413, "too_long");
        var tooLarge = await (
            await server.PostAsync(JobFlow.Download, new { url = LabPages.YouTube("toolarge") })
        ).ReadProblemAsync(413, "too_large");

        Assert.Equal((660, 300), (tooLong.Number("duration"), tooLong.Number("max_duration")));
        Assert.Equal(1_500_000, tooLarge.Number("max_bytes"));
        Assert.True(tooLarge.Number("estimated_bytes") > 1_500_000);
        var job = await server.CompletionOfAsync(
            await server.StartAsync(
                new { url = LabPages.YouTube("toolarge"), quality = tooLarge.Text("quality_that_fits") }
            )
        );
        Assert.True(job.Number("file_size") < 1_500_000);
    }

    [Theory]
    [InlineData("mp3", "720p", "quality")]
    [InlineData("mp4", "320kbps", "quality")]
    [InlineData("mp4", "sharp", "quality")]
    public async Task A_contradiction_is_refused_before_anything_is_looked_up(
        string format,
        string quality,
        string field
    )
    {
        await using var server = await DecantServer.StartAsync<Sqlite>();

        var problem = await (
            await server.PostAsync(
                JobFlow.Download,
                new
                {
                    url = server.Origin("media/never-asked.mp4"),
                    format,
                    quality,
                }
            )
        ).ReadProblemAsync(400, "invalid_request");

        Assert.NotNull(problem["errors"]![field]);
        Assert.Equal(0, server.Lab.Requests.Hits("/media/never-asked.mp4"));
    }

    [Fact]
    public async Task A_format_that_the_source_lacks_is_unknown()
    {
        await using var server = await DecantServer.StartAsync<Sqlite>();

        await (
            await server.PostAsync(
                JobFlow.Download,
                new { url = LabPages.YouTube("selector"), format_selector = "9999" }
            )
        ).ReadProblemAsync(400, "unknown_format");
    }
}
