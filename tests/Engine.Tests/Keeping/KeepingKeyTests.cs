using System.Reflection;
using Decant.Engine.Keeping;
using Decant.Engine.Planning;
using Decant.Engine.Sources;
using Decant.Engine.Tests.Planning;

namespace Decant.Engine.Tests.Keeping;

public sealed class KeepingKeyTests
{
    private static readonly MediaInfo Film = SampleSources.Medium(SampleSources.Both("18", 360, 600)) with
    {
        Id = "film",
        Platform = Platform.YouTube,
    };

    [Fact]
    public void Every_wish_of_a_request_is_part_of_the_key()
    {
        var wishes = typeof(OutputRequest)
            .GetProperties(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic)
            .Where(property => property.CanWrite)
            .Select(property => property.Name);

        Assert.Equal(wishes.Order(), KeepingKey.Wishes.Select(wish => wish.Name).Order());
    }

    [Fact]
    public void Another_wish_is_another_key()
    {
        var usual = OutputRequest.Parse("mp4", "360p");
        OutputRequest[] requests =
        [
            usual,
            OutputRequest.Parse("mkv", "360p"),
            OutputRequest.Parse("mp4", "240p"),
            usual with
            {
                Title = "Mine",
            },
            usual with
            {
                IncludeThumbnail = true,
            },
            usual with
            {
                Clip = Clip.Parse("1", "2"),
            },
            usual with
            {
                Clip = Clip.Parse("1", "3"),
            },
            usual with
            {
                Loudness = -16,
            },
        ];

        var keys = requests.Select(request => KeepingKey.Of(Plan(Film, request))).ToList();

        Assert.DoesNotContain(null, keys);
        Assert.NotEqual(SubtitlesIn("en"), SubtitlesIn("de"));
        Assert.Equal(keys.Count, keys.Distinct().Count());
    }

    [Fact]
    public void A_fresh_link_to_the_same_rendition_has_the_same_key()
    {
        var later = Film with
        {
            Formats = [.. Film.Formats.Select(one => one with { Url = new Uri(one.Url, "?signature=another") })],
            ThumbnailUrl = null,
        };

        Assert.Equal(
            KeepingKey.Of(Plan(Film with { ThumbnailUrl = null }, OutputRequest.Parse("mp4", null))),
            KeepingKey.Of(Plan(later, OutputRequest.Parse("mp4", null)))
        );
    }

    [Fact]
    public void A_file_of_which_nobody_says_when_it_changes_has_none()
    {
        var plain = Film with { Platform = Platform.Other };

        Assert.Null(KeepingKey.Of(plain, plain.Formats[0]));
        Assert.NotNull(KeepingKey.Of(plain, plain.Formats[0] with { Version = "\"v1\"" }));
        Assert.NotEqual(
            KeepingKey.Of(plain, plain.Formats[0] with { Version = "\"v1\"" }),
            KeepingKey.Of(plain, plain.Formats[0] with { Version = "\"v2\"" })
        );
    }

    [Fact]
    public void The_sound_of_another_match_has_another_key() =>
        Assert.NotEqual(
            KeepingKey.Of(Matched("https://media.test/one"), Film.Formats[0]),
            KeepingKey.Of(Matched("https://media.test/two"), Film.Formats[0])
        );

    private static MediaInfo Matched(string url) =>
        Film with
        {
            Match = new MediaMatch
            {
                Url = new Uri(url),
                Score = 90,
                Title = "A likeness",
            },
        };

    [Fact]
    public void What_was_found_with_somebodys_cookies_has_none() =>
        Assert.Null(KeepingKey.Of(Film with { Scope = "account 7" }, Film.Formats[0]));

    [Fact]
    public void What_is_on_air_has_none() => Assert.Null(KeepingKey.Of(Film with { IsLive = true }, Film.Formats[0]));

    private static string? SubtitlesIn(string language) =>
        KeepingKey
            .Wishes.Single(wish => wish.Name == nameof(OutputRequest.Subtitles))
            .Text(
                OutputRequest.Parse("mp4", null) with
                {
                    Subtitles = new SubtitleWish([language], SubtitlePlace.Embed, SubtitleFormat.Srt),
                }
            );

    private static ExtractionPlan Plan(MediaInfo info, OutputRequest request) => Planner.Plan(info, request);
}
