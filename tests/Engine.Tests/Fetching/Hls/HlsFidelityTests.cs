using Decant.Engine.Tests.Converting;
using Decant.Engine.Tests.Fidelity;
using static Decant.Engine.Tests.Fetching.Hls.HlsLists;

namespace Decant.Engine.Tests.Fetching.Hls;

/// <summary>HLS as packagers write it, from the playlist to the file: pictures, sound and sync are those of the whole medium.</summary>
[Collection<HlsCollection>]
public sealed class HlsFidelityTests(HlsMaterial material)
{
    public static TheoryData<string, string, Whole> Lists =>
        [.. OfTwoParts, .. OfMain.Select(list => (list.Name, list.Playlist, Whole.Main))];

    [Theory]
    [InlineData("png", "main-ts", "main-png")]
    [InlineData("junk", "main-ts", "main-junk")]
    public async Task Pictures_and_junk_before_segments_are_left_out(string name, string from, string to) =>
        await The_whole_medium_comes_out($"before-{name}", Edited(from, to), Whole.Main);

    [Fact]
    public async Task A_picture_before_segments_of_mp4_is_left_out() =>
        await The_whole_medium_comes_out(
            "before-mp4",
            "#EXTM3U\n" + MainMp4.Replace("main-mp4", "main-mp4-png", StringComparison.Ordinal) + End,
            Whole.Main
        );

    [Fact]
    public async Task A_picture_before_encrypted_segments_is_left_out() =>
        await The_whole_medium_comes_out("before-aes", Edited("main-ts", "main-aes-png", Key("IV=0x1")), Whole.Main);

    [Theory]
    [InlineData("main-init.mp4")]
    [InlineData("main-mp4-0.m4s")]
    [InlineData("main-init.mp4", "main-mp4-0.m4s", "main-mp4-1.m4s")]
    public async Task What_stands_in_its_own_address_is_read_there(params string[] written)
    {
        var playlist = written.Aggregate(
            "#EXTM3U\n" + MainMp4 + End,
            (list, name) => list.Replace(name, material.DataUriOf(name), StringComparison.Ordinal)
        );
        await The_whole_medium_comes_out($"written-{written.Length}{written[0]}", playlist, Whole.Main);
    }

    [Theory]
    [MemberData(nameof(Lists))]
    public async Task The_whole_medium_comes_out(string name, string playlist, Whole whole)
    {
        var path = await material.RunAsync(material.Serve($"{name}.m3u8", playlist));

        Assert.Equal(whole.Pictures, (await Decoded.PicturesAsync(path)).Count);
        var shown = await Conversions.ShowAsync(path, "-show_entries", "stream=width,sample_rate");
        Assert.Contains($"width={whole.Width}", shown);
        Assert.Contains($"sample_rate={whole.SampleRate}", shown);
        var pitch = await Pitch.ReadAsync(path);
        Assert.InRange(pitch.Count / 4.0, whole.Seconds - 0.3, whole.Seconds + 0.3);
        if (whole.Advert >= 0)
        {
            Assert.InRange(pitch[(int)(whole.Advert * 4)], 780, 920);
        }
        // The picture's beginning, of which the sound of a transport stream is ahead by an encoder's delay.
        var began = whole.Advert is >= 0 and < 2 ? 2 : 0;
        Assert.Equal(240 + (80 * 0.0625), pitch[(began * 4) + 2], tolerance: 12);
        FidelityTable.Record(
            "HLS",
            name,
            FormattableString.Invariant($"{whole.Pictures} pictures, {whole.Seconds:0} s of sound"),
            await StreamShape.DescribeAsync(path)
        );
    }
}
