using System.Text.Json.Nodes;
using Decant.Server.Errors;
using Decant.Server.Tests.Jobs;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Hosting.Internal;
using Microsoft.Extensions.Logging.Abstractions;

namespace Decant.Server.Tests.Errors;

public sealed class StoppedRequestTests
{
    private readonly ApplicationLifetime _lifetime = new(NullLogger<ApplicationLifetime>.Instance);

    [Fact]
    public async Task A_request_that_a_stop_breaks_off_is_told_so_and_when_to_come_back()
    {
        _lifetime.StopApplication();

        var (answer, body) = await AnswerAsync(new TaskCanceledException());

        Assert.Equal(503, answer.StatusCode);
        Assert.Equal("shutting_down", body.Text("code"));
        Assert.Equal("5", answer.Headers.RetryAfter);
    }

    [Fact]
    public async Task A_request_that_breaks_off_while_nobody_stops_the_server_is_a_fault()
    {
        var (answer, body) = await AnswerAsync(new TaskCanceledException());

        Assert.Equal((500, "internal_error"), (answer.StatusCode, body.Text("code")));
    }

    private async Task<(HttpResponse Answer, JsonNode Body)> AnswerAsync(Exception thrown)
    {
        var context = new DefaultHttpContext
        {
            RequestServices = new ServiceCollection().AddOptions().BuildServiceProvider(),
            Response = { Body = new MemoryStream() },
        };
        var answers = new ExceptionAnswers(_lifetime, NullLogger<ExceptionAnswers>.Instance);

        Assert.True(await answers.TryHandleAsync(context, thrown, CancellationToken.None));

        context.Response.Body.Position = 0;
        return (context.Response, (await JsonNode.ParseAsync(context.Response.Body))!);
    }
}
