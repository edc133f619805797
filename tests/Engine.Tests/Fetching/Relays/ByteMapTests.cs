using Decant.Engine.Fetching.Relays;

namespace Decant.Engine.Tests.Fetching.Relays;

public sealed class ByteMapTests
{
    [Fact]
    public void It_knows_of_every_byte_whether_it_is_here_however_they_came()
    {
        const int size = 200;
        var random = new Random(1);
        var map = new ByteMap();
        var here = new bool[size + 1];
        for (var step = 0; step < 60; step++)
        {
            var start = random.Next(size);
            var end = Math.Min(size, start + random.Next(12));
            map.Add(start, end);
            Array.Fill(here, true, start, end - start);
            Assert.Equal(here.Count(one => one), map.Count);
            for (var at = 0; at < size; at++)
            {
                Assert.Equal(Array.IndexOf(here, false, at), map.EndFrom(at));
                if (!here[at])
                {
                    var next = Array.IndexOf(here, true, at);
                    Assert.Equal(next < 0 ? null : next, map.NextFrom(at));
                }
            }
        }
    }
}
