using System.Globalization;
using Decant.Server.Errors;
using Decant.Server.Hosting;
using Microsoft.AspNetCore.Http;

namespace Decant.Server.Jobs.Endpoints;

/// <summary>The ids of server-sent events: how far a watcher has seen, in milliseconds since 1970.</summary>
internal static class EventId
{
    private const string Header = "Last-Event-ID";

    public static string Write(DateTimeOffset time) => Of(time).ToString(CultureInfo.InvariantCulture);

    public static long Of(DateTimeOffset time) => time.ToUnixTimeMilliseconds();

    /// <returns>How far the client has seen before; null for one that watches for the first time.</returns>
    /// <exception cref="ApiException"><c>invalid_request</c></exception>
    public static long? Read(HttpRequest request) =>
        QueryText.ReadNumber(Header, request.Headers[Header], 0, DateTimeOffset.MaxValue.ToUnixTimeMilliseconds());
}
