using Microsoft.AspNetCore.Http;

namespace Decant.Server.Files;

/// <summary>Sends the client to the storage itself.</summary>
internal sealed class DirectLink(Uri address) : IResult
{
    public Task ExecuteAsync(HttpContext httpContext)
    {
        // The address is a secret for an hour, and the link good for longer: nobody is to remember where it led.
        httpContext.Response.Headers.CacheControl = "private, no-store";
        httpContext.Response.Redirect(address.AbsoluteUri);
        return Task.CompletedTask;
    }
}
