using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Decant.Server.Errors;

internal static class ErrorServices
{
    public static void AddErrors(this WebApplicationBuilder builder)
    {
        builder.Services.AddExceptionHandler<ExceptionAnswers>();
        // Bad bodies reach ExceptionAnswers with their cause, instead of becoming an empty 400.
        builder.Services.Configure<RouteHandlerOptions>(options => options.ThrowOnBadRequest = true);
    }

    /// <summary>Turns failures of everything behind this into a problem.</summary>
    public static void UseErrors(this WebApplication app)
    {
        app.HearOutLargeBodies();
        app.UseExceptionHandler(_ => { });
        app.UseStatusCodePages(context => ExplainBareStatusAsync(context.HttpContext));
        app.RefuseUnknownCharsets();
    }

    /// <summary>Gives a body to an answer that the framework refuses with a bare status.</summary>
    private static Task ExplainBareStatusAsync(HttpContext context)
    {
        var request = context.Request;
        return context.Response.StatusCode switch
        {
            StatusCodes.Status404NotFound => Problem.WriteAsync(
                context,
                ApiError.NotFound,
                $"There is nothing at {request.Method} {request.Path}."
            ),
            StatusCodes.Status405MethodNotAllowed => Problem.WriteAsync(
                context,
                ApiError.MethodNotAllowed,
                $"{request.Path} does not know {request.Method}; it allows {context.Response.Headers.Allow}."
            ),
            StatusCodes.Status413PayloadTooLarge => Problem.WriteAsync(context, BadRequest.TooLarge(context)),
            StatusCodes.Status415UnsupportedMediaType => Problem.WriteAsync(context, BadRequest.NotJson),
            _ => Task.CompletedTask,
        };
    }
}
