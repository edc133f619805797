using System.Text.Json;
using Decant.Engine.Sources;

namespace Decant.Engine.Extracting.YtDlp;

/// <summary>Cookies that a look-up says were renewed. What is none of them is left out.</summary>
internal static class RenewedCookies
{
    /// <param name="message">The child's answer.</param>
    public static IReadOnlyList<RenewedCookie> Read(JsonElement message) =>
        [.. message.Items("renewed").Select(TryRead).OfType<RenewedCookie>()];

    private static RenewedCookie? TryRead(JsonElement one)
    {
        try
        {
            return one.Deserialize(WorkerJson.Default.RenewedCookie) switch
            {
                { Cookie: { Domain: not null, Path: not null, Name: not null, Value: not null } } cookie => cookie,
                _ => null,
            };
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
