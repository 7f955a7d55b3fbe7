using System.Security.Cryptography;
using CourseShop.Bench;

// What is possible at all on this machine: a page that is nothing but bytes, and writers that do nothing but write the rows.
var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions { Args = args });
builder.Configuration.AddCommandLine(args);
builder.WebHost.UseKestrelCore().UseUrls(builder.Configuration["urls"]!);
builder.Services.AddRoutingCore();
await using var app = builder.Build();
app.UseRouting();

var page = await File.ReadAllBytesAsync(app.Configuration["page"]!);
app.MapGet("/page", context =>
{
    context.Response.ContentType = "text/html; charset=utf-8";
    context.Response.ContentLength = page.Length;
    return context.Response.Body.WriteAsync(page).AsTask();
});

using var key = RSA.Create();
var writer = app.Configuration["writer"] switch
{
    "ef" => new EfWriter(app.Configuration["database"]!) as IRowWriter,
    "sql" => new SqlWriter(app.Configuration["database"]!),
    _ => null,
};
if (writer is not null)
{
    key.ImportFromPem(await File.ReadAllTextAsync(app.Configuration["key"]!));
    app.MapPost("/notify", async context =>
    {
        var form = await context.Request.ReadFormAsync();
        if (!SignedForm.IsGenuine(form, key))
        {
            await context.Response.WriteAsync("fail");
            return;
        }

        var trade = new Trade(form["notify_id"].ToString(), form["out_trade_no"].ToString(), form["trade_no"].ToString(), form["trade_status"].ToString(), form["buyer_logon_id"].ToString());
        await writer.RunAsync(trade);
        await context.Response.WriteAsync("success");
    });
    app.MapPost("/order", async context =>
    {
        var form = await context.Request.ReadFormAsync();
        var wish = new Wish(long.Parse(form["user"].ToString(), null), long.Parse(form["Course"].ToString(), null), long.Parse(form["Term"].ToString(), null), form["Key"].ToString());
        context.Response.StatusCode = StatusCodes.Status302Found;
        context.Response.Headers.Location = $"/orders/{await writer.RunAsync(wish)}/pay";
    });
}

await app.RunAsync();
