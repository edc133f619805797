using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Decant.Cli.Output;

/// <summary>The reports as JSON: snake_case, every field always there, any script as itself.</summary>
[JsonSerializable(typeof(GetReport))]
[JsonSerializable(typeof(RemoteReport))]
[JsonSerializable(typeof(InfoReport))]
[JsonSerializable(typeof(DoctorReport))]
internal sealed partial class ReportJson : JsonSerializerContext
{
    public static string Write(GetReport report) => JsonSerializer.Serialize(report, Readable().GetReport);

    /// <summary>The report as one line of JSON, for where several follow each other.</summary>
    public static string WriteLine(GetReport report) =>
        JsonSerializer.Serialize(report, Readable(isIndented: false).GetReport);

    /// <inheritdoc cref="WriteLine(GetReport)"/>
    public static string WriteLine(RemoteReport report) =>
        JsonSerializer.Serialize(report, Readable(isIndented: false).RemoteReport);

    public static string Write(InfoReport report) => JsonSerializer.Serialize(report, Readable().InfoReport);

    public static string Write(DoctorReport report) => JsonSerializer.Serialize(report, Readable().DoctorReport);

    private static ReportJson Readable(bool isIndented = true) =>
        new(
            new JsonSerializerOptions
            {
                PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
                WriteIndented = isIndented,
                // For a terminal or a program, never inside a web page: nothing but JSON itself needs escaping.
                Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
            }
        );
}
