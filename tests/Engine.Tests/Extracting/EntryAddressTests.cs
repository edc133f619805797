using Decant.Engine.Sources;

namespace Decant.Engine.Tests.Extracting;

public sealed class EntryAddressTests
{
    [Theory]
    [InlineData("https://x.test/p/1", 2, "Cab_-1", "https://x.test/p/1#playlist_index=2&video_id=Cab_-1")]
    [InlineData("https://x.test/p/1?a=b", 2, null, "https://x.test/p/1?a=b#playlist_index=2")]
    [InlineData(
        "https://x.test/#!/watch/1",
        11,
        "a&b#c",
        "https://x.test/#!/watch/1&playlist_index=11&video_id=a%26b%23c"
    )]
    public void An_entry_without_a_page_is_addressed_on_its_page_s_and_read_back(
        string page,
        int index,
        string? id,
        string url
    )
    {
        var address = new EntryAddress(new Uri(page), index, id);
        Assert.Equal(url, address.Url.AbsoluteUri);
        var read = EntryAddress.TryRead(SourceUrl.Parse(url))!;
        Assert.Equal((page, index, id), (read.Page.AbsoluteUri, read.Index, read.Id));
    }

    [Theory]
    [InlineData("https://x.test/p/1")]
    [InlineData("https://x.test/p/1#part")]
    [InlineData("https://x.test/p/1?playlist_index=2")]
    [InlineData("https://x.test/p/1#playlist_index=0")]
    [InlineData("https://x.test/p/1#playlist_index=2x")]
    [InlineData("https://x.test/p/1#myplaylist_index=2")]
    public void Any_other_address_is_no_entry_s(string url) => Assert.Null(EntryAddress.TryRead(new Uri(url)));

    [Fact]
    public void A_medium_is_found_again_by_its_identifier_when_the_list_has_changed()
    {
        var page = new Uri("https://x.test/p/1");
        PlaylistEntry[] entries = [Entry(1, "b"), Entry(2, "c")];
        Assert.Equal("b", new EntryAddress(page, 2, "b").FindIn(entries)!.Id);
        Assert.Equal("c", new EntryAddress(page, 2, "c").FindIn(entries)!.Id);
        Assert.Equal("c", new EntryAddress(page, 2, null).FindIn(entries)!.Id);
        Assert.Null(new EntryAddress(page, 1, "a").FindIn(entries));

        PlaylistEntry Entry(int index, string id) => new(index, new EntryAddress(page, index, id).Url, id, null, null);
    }
}
