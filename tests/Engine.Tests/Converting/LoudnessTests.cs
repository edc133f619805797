using Decant.Engine.Converting;
using Decant.Engine.Planning;

namespace Decant.Engine.Tests.Converting;

public sealed class LoudnessTests
{
    [Theory]
    [InlineData(-6, 5, false)]
    [InlineData(-5, 5, true)]
    [InlineData(-6, 0, true)]
    public void A_sound_that_is_limited_on_its_way_is_made_in_one_pass(double peak, double range, bool isLimited)
    {
        var loudness = new Loudness(Integrated: -20, peak, range, Threshold: -30, Offset: 0);

        Assert.Equal(isLimited, loudness.IsLimitedFor(new EncodeAudio("mp3", 128_000) { Loudness = -16 }));
    }
}
