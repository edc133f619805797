using System.Globalization;
using System.Text.RegularExpressions;
using Decant.Engine.Converting.Mp3Parts;

namespace Decant.Engine.Tests.Converting.Mp3Parts;

/// <summary>Who hears what, followed by counting as ffmpeg's filters count.</summary>
public sealed partial class RotaTests
{
    private static readonly Rota[] Some =
    [
        new(2, 4),
        new(3, 7),
        Rota.Of(TimeSpan.FromSeconds(100), 44100, 4),
        Rota.Of(TimeSpan.FromSeconds(61), 8000, 2),
    ];

    [Fact]
    public void Every_sample_belongs_to_the_part_of_exactly_one_encoder()
    {
        Assert.All(
            Some,
            rota =>
            {
                const int Blocks = 900;
                var owners = new int[Blocks];
                for (var encoder = 0; encoder < rota.Encoders; encoder++)
                {
                    var (filter, heard) = (new Filter(rota.Filters(encoder)), Rota.Start(encoder));
                    for (var block = 0; block < Blocks; block++)
                    {
                        if (!filter.Lets(block))
                            continue;
                        owners[block] += rota.IsOfPart(heard) && rota.IsOfPart(heard + filter.Block - 1) ? 1 : 0;
                        heard += filter.Block;
                    }
                }
                Assert.All(owners, count => Assert.Equal(1, count));
            }
        );
    }

    [Fact]
    public void The_encoder_that_heard_the_end_knows_how_long_the_sound_is()
    {
        Assert.All(
            Some,
            rota =>
            {
                for (var length = 1L; length < 3_000_000; length += 1531)
                    Assert.Equal(
                        length,
                        Enumerable.Range(0, rota.Encoders).Max(encoder => EndHeard(rota, encoder, length))
                    );
            }
        );
    }

    [Theory]
    [InlineData(120, 2, 2)]
    [InlineData(125, 2, 3)]
    [InlineData(7200, 4, 60)]
    public void All_encoders_have_as_many_parts_and_come_to_their_end_together(int seconds, int encoders, int rounds)
    {
        var rota = Rota.Of(TimeSpan.FromSeconds(seconds), 48000, encoders);

        Assert.InRange(rota.PartBlocks * 4608 / 48000.0 * encoders * rounds - seconds, 0, rounds * encoders * 0.1);
    }

    private static long EndHeard(Rota rota, int encoder, long length)
    {
        var filter = new Filter(rota.Filters(encoder));
        var heard = 0L;
        for (var at = 0L; at < length; at += filter.Block)
            heard += filter.Lets((int)(at / filter.Block)) ? Math.Min(filter.Block, length - at) : 0;
        return heard == 0 ? 0 : rota.EndOf(encoder, heard);
    }

    private sealed class Filter
    {
        private readonly int _first;
        private readonly int _round;
        private readonly int _turn;

        public Filter(string filters)
        {
            var numbers = Numbers().Match(filters);
            Assert.True(numbers.Success, filters);
            Block = Number("block");
            (_first, _round, _turn) = (Number("first"), Number("round"), Number("turn"));

            int Number(string name) => int.Parse(numbers.Groups[name].ValueSpan, CultureInfo.InvariantCulture);
        }

        public int Block { get; }

        public bool Lets(int block) => block >= _first && (block - _first) % _round < _turn;
    }

    [GeneratedRegex(
        @"^asetnsamples=n=(?<block>\d+):p=0,aselect='gte\(n,(?<first>-?\d+)\)\*lt\(mod\(n-\(\k<first>\),(?<round>\d+)\),(?<turn>\d+)\)',asetpts=N/SR/TB$",
        RegexOptions.ExplicitCapture,
        1000
    )]
    private static partial Regex Numbers();
}
