namespace Decant.Cli.Doctor;

/// <summary>A finding: a part that was checked.</summary>
/// <param name="Name">Name of the thing, such as <c>extractor</c>.</param>
/// <param name="State">State of the part.</param>
/// <param name="Value">Result of the check, with the remedy where there is one.</param>
internal sealed record Finding(string Name, FindingState State, string Value);

internal enum FindingState
{
    Ok,

    /// <summary>Decant does without, with less.</summary>
    Note,

    /// <summary>A fault that needs mending.</summary>
    Problem,
}
