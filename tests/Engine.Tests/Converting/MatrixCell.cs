using System.Globalization;
using Decant.Engine.Errors;
using Decant.Engine.Planning;

namespace Decant.Engine.Tests.Converting;

/// <summary>One source made into one container.</summary>
/// <param name="Source">What there was.</param>
/// <param name="Container">What was asked.</param>
/// <param name="Made">What came out; null where it was refused.</param>
/// <param name="Refusal">Why it cannot be; null where it was made.</param>
/// <param name="Fault">What is wrong with the file; null where it plays to its end.</param>
/// <param name="Took">Converting and verifying.</param>
internal sealed record MatrixCell(
    MatrixSource Source,
    Container Container,
    Converted? Made,
    MediaException? Refusal,
    string? Fault,
    TimeSpan Took
)
{
    /// <summary>Refusals that are no defect: the source lacks what the container is for.</summary>
    public bool IsGood => Refusal is null ? Fault is null : Refusal.Error == MediaError.UnknownFormat;

    public string Text =>
        Made is null
            ? $"– ({Refusal!.Error.Code})"
            : string.Create(
                CultureInfo.InvariantCulture,
                $"{(Fault is null ? "" : "**broken** ")}{string.Join(" + ", Made.Plan.Streams.Select(Show))}, {Took.TotalSeconds:0.0} s"
            );

    public override string ToString() => $"{Source.Name} to {Container.Name}: {Fault ?? Refusal?.Message ?? Text}";

    private static string Show(PlannedStream stream) =>
        stream.Treatment is CopyStream
            ? $"copy {stream.Treatment.OutputCodec}"
            : $"**encode** {stream.Treatment.OutputCodec}";
}
