using System.Buffers.Binary;
using System.Text;
using Decant.Engine.Fetching.Segments;
using Decant.Engine.Tests.Lab;

namespace Decant.Engine.Tests.Fetching.Segments;

/// <summary>Playing time by the fragments themselves, whatever their manifest says.</summary>
public sealed class FragmentClockTests(LabFixture lab)
{
    [Fact]
    public async Task Real_fragments_show_how_far_they_are_in_whatever_order_they_come()
    {
        var stop = TestContext.Current.CancellationToken;
        var folder = Path.GetDirectoryName((await lab.Lab.Media.GetAsync("live-fragments", stop)).Path)!;
        foreach (var stream in (int[])[0, 1])
        {
            var clock = new FragmentClock();

            Assert.Equal(TimeSpan.Zero, clock.Read(await ReadAsync($"chunk-stream{stream}-00021.m4s")));
            Assert.Equal(TimeSpan.Zero, clock.Read(await ReadAsync($"init-stream{stream}.m4s")));
            var backwards = clock.Read(await ReadAsync($"chunk-stream{stream}-00011.m4s"));
            var forwards = clock.Read(await ReadAsync($"chunk-stream{stream}-00031.m4s"));

            Assert.InRange(backwards.TotalSeconds, 9.9, 10.1);
            Assert.InRange(forwards.TotalSeconds, 19.9, 20.1);
        }

        async Task<byte[]> ReadAsync(string name) => await File.ReadAllBytesAsync(Path.Combine(folder, name), stop);
    }

    [Fact]
    public async Task Whatever_is_cut_off_or_spoilt_in_a_beginning_it_is_no_more_than_a_long_time()
    {
        var stop = TestContext.Current.CancellationToken;
        var folder = Path.GetDirectoryName((await lab.Lab.Media.GetAsync("live-fragments", stop)).Path)!;
        byte[] whole =
        [
            .. await File.ReadAllBytesAsync(Path.Combine(folder, "init-stream0.m4s"), stop),
            .. (await File.ReadAllBytesAsync(Path.Combine(folder, "chunk-stream0-00001.m4s"), stop))[..400],
        ];
        const int seed = 20261129;
        var random = new Random(seed);
        for (var round = 0; round < 2000; round++)
        {
            var spoilt = whole[..random.Next(whole.Length)];
            for (var hit = 0; hit < 5 && spoilt.Length > 0; hit++)
            {
                spoilt[random.Next(spoilt.Length)] = (byte)random.Next(256);
            }

            var clock = new FragmentClock();
            clock.Read(whole);
            Assert.InRange(clock.Read(spoilt), TimeSpan.Zero, TimeSpan.FromSeconds(1e9));
        }
    }

    [Fact]
    public void A_fragment_at_the_end_of_time_is_a_long_time_and_one_of_no_known_track_is_none()
    {
        var clock = new FragmentClock();

        clock.Read([.. Movie(track: 1, scale: 1), .. Fragment(1, 0), .. Fragment(2, 0), .. Fragment(2, 99)]);

        Assert.Equal(TimeSpan.FromSeconds(7), clock.Read(Fragment(1, 7)));
        Assert.Equal(TimeSpan.FromSeconds(1e9), clock.Read(Fragment(1, ulong.MaxValue)));
    }

    private static byte[] Movie(uint track, uint scale) =>
        Box(
            "moov",
            Box(
                "trak",
                [.. Box("tkhd", new byte[12], Word(track)), .. Box("mdia", Box("mdhd", new byte[12], Word(scale)))]
            )
        );

    private static byte[] Fragment(uint track, ulong time)
    {
        var at = new byte[8];
        BinaryPrimitives.WriteUInt64BigEndian(at, time);
        return Box("moof", Box("traf", [.. Box("tfhd", new byte[4], Word(track)), .. Box("tfdt", [1, 0, 0, 0], at)]));
    }

    private static byte[] Word(uint value)
    {
        var bytes = new byte[4];
        BinaryPrimitives.WriteUInt32BigEndian(bytes, value);
        return bytes;
    }

    private static byte[] Box(string type, params byte[][] content)
    {
        var body = content.SelectMany(part => part).ToArray();
        return [.. Word((uint)(body.Length + 8)), .. Encoding.ASCII.GetBytes(type), .. body];
    }
}
