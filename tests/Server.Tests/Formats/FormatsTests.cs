using System.Net;
using System.Text.Json.Nodes;
using Decant.Server.Tests.Fixture;

namespace Decant.Server.Tests.Formats;

public abstract class FormatsTests(DecantServer server)
{
    [Theory]
    [InlineData("/api/v1/video/video-download/formats")]
    [InlineData("/api/v1/video/formats")]
    public async Task A_caller_with_a_key_sees_every_format(string path)
    {
        var expected = JsonNode.Parse(
            """
            {
              "video_formats": ["mp4", "webm", "mkv", "flv", "avi", "mov"],
              "audio_formats": ["mp3", "wav", "aac", "m4a", "ogg", "opus", "flac"],
              "quality_options": ["144p", "240p", "360p", "480p", "720p", "1080p", "1440p", "2160p", "best", "worst"],
              "supported_platforms": ["youtube", "tiktok", "instagram", "vimeo", "spotify", "twitter", "facebook", "twitch", "dailymotion", "soundcloud", "other"],
              "limitations": {
                "max_duration_minutes": null,
                "requires_authentication": true,
                "credit_cost": "Variable based on duration"
              }
            }
            """
        );

        var answer = JsonNode.Parse(await server.Http.GetStringAsync(path));

        Assert.True(JsonNode.DeepEquals(expected, answer), answer!.ToJsonString());
    }

    [Theory]
    [InlineData("/api/v1/video/video-download/public/formats")]
    [InlineData("/api/v1/video/public/formats")]
    public async Task Everybody_sees_the_public_formats_as_the_documents_show_them(string path)
    {
        var expected = JsonNode.Parse(
            """
            {
              "video_formats": ["mp4"],
              "audio_formats": ["mp3", "wav"],
              "quality_options": ["144p", "240p", "360p", "480p", "720p", "1080p", "1440p", "2160p", "best", "worst"],
              "supported_platforms": ["youtube", "tiktok", "instagram", "vimeo", "spotify", "twitter", "facebook", "twitch", "dailymotion", "soundcloud", "other"],
              "limitations": {
                "max_duration_minutes": 10,
                "requires_authentication": false,
                "credit_cost": 0
              }
            }
            """
        );

        var answer = JsonNode.Parse(await server.Public.GetStringAsync(path));

        Assert.True(JsonNode.DeepEquals(expected, answer), answer!.ToJsonString());
    }

    [Fact]
    public async Task The_full_list_wants_a_key()
    {
        var answer = await server.Public.GetAsync("/api/v1/video/formats");

        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
    }
}

public sealed class FormatsOnSqlite(ServerOn<Sqlite> on) : FormatsTests(on.Server), IClassFixture<ServerOn<Sqlite>>;

[Trait("Run", "exhaustive")] // The database has no say in what is tested here.
public sealed class FormatsOnPostgres(ServerOn<Postgres> on)
    : FormatsTests(on.Server),
        IClassFixture<ServerOn<Postgres>>;
