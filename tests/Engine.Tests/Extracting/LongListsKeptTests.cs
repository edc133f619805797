using Decant.Engine.Extracting;
using Decant.Engine.Sources;

namespace Decant.Engine.Tests.Extracting;

public sealed class LongListsKeptTests
{
    private static readonly Uri Site = new("https://example.com/");

    private int _lookUps;

    [Fact]
    public async Task Long_lists_take_the_room_of_many_media_and_the_oldest_go_for_them()
    {
        var time = new ManualTime();
        var cache = new InfoCache(TimeSpan.FromSeconds(60), time);
        for (var number = 0; number < 10; number++)
        {
            await GetAsync(cache, number);
            time.Advance(TimeSpan.FromMilliseconds(1));
        }

        // Of ten, which would take the memory of 260 descriptions, seven have room.
        await GetAsync(cache, 3);
        Assert.Equal(10, _lookUps);
        await GetAsync(cache, 2);
        Assert.Equal(11, _lookUps);
    }

    private Task<MediaInfo> GetAsync(InfoCache cache, int number) =>
        cache.GetAsync(new Uri(Site, $"/list/{number}"), new InspectOptions(), _ => Task.FromResult(List()), default);

    private MediaInfo List()
    {
        _lookUps++;
        return new MediaInfo
        {
            Id = "1",
            PageUrl = Site,
            Platform = Platform.Other,
            Title = "Long",
            Entries = [.. Enumerable.Range(1, 5_000).Select(index => new PlaylistEntry(index, Site, "1", "One", null))],
        };
    }
}
