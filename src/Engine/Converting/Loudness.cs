using System.Globalization;
using System.Text.Json;
using Decant.Engine.Planning;

namespace Decant.Engine.Converting;

/// <summary>EBU R128 loudness in two passes: the first measures, the second turns the volume by what is missing and no more.</summary>
/// <param name="Integrated">LUFS.</param>
/// <param name="TruePeak">dBTP.</param>
/// <param name="Range">LU.</param>
/// <param name="Threshold">LUFS.</param>
/// <param name="Offset">LU.</param>
internal sealed record Loudness(double Integrated, double TruePeak, double Range, double Threshold, double Offset)
{
    /// <summary>AES TD1008's ceiling (dBTP) for what is encoded again on its way.</summary>
    private const double Ceiling = -1.5;

    /// <summary>The widest (LU) the filter takes: a narrower one would make it compress what it should only turn.</summary>
    private const double WidestRange = 20;

    public static string MeasureFilter(double target) =>
        Text($"loudnorm=I={target}:TP={Ceiling}:LRA={WidestRange}:print_format=json");

    /// <summary>The second pass. Where the peaks leave no room for a plain turn the filter limits them, at 192 kHz: hence the way back.</summary>
    public string Filter(EncodeAudio audio) =>
        Text(
            $"loudnorm=I={audio.Loudness}:TP={Ceiling}:LRA={WidestRange}:measured_I={Integrated}:measured_TP={TruePeak}:measured_LRA={Range}:measured_thresh={Threshold}:offset={Offset}:linear=true"
        ) + (audio.LoudnessRate is { } rate ? Text($",aresample={rate}") : "");

    /// <summary>The filter does more than a plain gain (the condition is its own, af_loudnorm.c).</summary>
    public bool IsLimitedFor(EncodeAudio audio) =>
        TruePeak + audio.Loudness - Integrated > Ceiling || Range is <= 0 or > WidestRange;

    /// <summary>Reads what the first pass printed.</summary>
    /// <returns>Null for silence, of which no volume makes anything.</returns>
    public static Loudness? Read(IEnumerable<string> lines)
    {
        var json =
            string.Concat(lines.SkipWhile(line => line.Trim() != "{").TakeWhile(line => line.Trim() != "}")) + "}";
        if (json.Length < 3)
            return null;
        using var document = JsonDocument.Parse(json);
        var figures = document.RootElement;
        double[] read =
        [
            Figure("input_i"),
            Figure("input_tp"),
            Figure("input_lra"),
            Figure("input_thresh"),
            Figure("target_offset"),
        ];
        return read.All(double.IsFinite) && read[0] > -70
            ? new Loudness(read[0], read[1], read[2], read[3], read[4])
            : null;

        double Figure(string name) =>
            double.TryParse(
                figures.GetProperty(name).GetString(),
                NumberStyles.Float,
                CultureInfo.InvariantCulture,
                out var figure
            )
                ? figure
                : double.NaN;
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
