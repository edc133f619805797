using System.ComponentModel.DataAnnotations;
using Decant.Server.Hosting;

namespace Decant.Server.Platforms;

/// <summary>Settings under <c>LookUps</c>.</summary>
internal sealed class LookUpOptions
{
    /// <summary>Look-ups by the extractor at once on this node.</summary>
    [Range(1, 1024)]
    [Unit("look-ups")]
    [DefaultText("2 × cores")]
    public int AtOnce { get; init; } = 2 * Environment.ProcessorCount;

    /// <summary>Share of them that strangers may have together, though always one: accounts find the others free.</summary>
    [Range(0.0, 1.0)]
    [Unit("share from 0 to 1")]
    public double PublicShare { get; init; } = 0.5;

    /// <summary>Look-ups at once of one stranger's address; never all that strangers may have, unless that is one.</summary>
    [Range(1, 1024)]
    [Unit("look-ups")]
    public int PublicPerAddress { get; init; } = 2;

    /// <summary>Time in which a site that is waited for brings less than a kilobyte, after which its look-up is given up.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:01:00")]
    public TimeSpan Silence { get; init; } = TimeSpan.FromSeconds(15);

    public int MaxPublic => Math.Max(1, (int)(AtOnce * PublicShare));

    public int MaxOfAnAddress => Math.Clamp(MaxPublic - 1, 1, PublicPerAddress);
}
