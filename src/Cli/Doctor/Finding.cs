namespace Decant.Cli.Doctor;

/// <summary>One thing that was looked at.</summary>
/// <param name="Name">What, such as <c>extractor</c>.</param>
/// <param name="State">How it stands.</param>
/// <param name="Value">What was found, and where something is to be done, what.</param>
internal sealed record Finding(string Name, FindingState State, string Value);

internal enum FindingState
{
    Ok,

    /// <summary>Decant does without, with less.</summary>
    Note,

    /// <summary>Something needs doing.</summary>
    Problem,
}
