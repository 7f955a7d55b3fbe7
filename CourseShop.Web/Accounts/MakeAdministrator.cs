using CourseShop.Common;
using CourseShop.Data;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace CourseShop.Accounts;

/// <summary>The first administrator, for who holds the server: makes the account where it is missing and returns a link to choose its password.</summary>
public sealed class MakeAdministrator(ShopWriter writer, PasswordLinks links, TimeProvider clock)
{
    public async Task<Outcome<string>> RunAsync(UserName name, CancellationToken stop)
    {
        var made = await writer.RunAsync((unit, token) => MakeAsync(unit, name, token), stop);
        return made.Value is { } user ? await links.MakeAsync(user) : made.Refusal!;
    }

    private async Task<Outcome<ShopUser>> MakeAsync(ShopDb unit, UserName name, CancellationToken stop)
    {
        await unit.TakeTurnAsync(Turn.OfAdministrators, stop);
        var role = await unit.FindOrAddRoleAsync(Roles.Admin, stop);
        var administrators = unit.Users.Where(user => unit.UserRoles.Any(held => held.UserId == user.Id && held.RoleId == role.Id));
        if (await administrators.Where(user => user.PasswordHash != null).Select(user => user.UserName).FirstOrDefaultAsync(stop) is { } existing)
            return new Refusal("已经有管理员了（{0}），请让其在后台添加其他人", existing);

        var user = await unit.Users.SingleOrDefaultAsync(user => user.NormalizedUserName == name.Key, stop) ?? unit.Add(ShopUser.New(name, null, null, clock.GetUtcNow())).Entity;
        user.RenewStamp();
        await unit.SaveChangesAsync(stop);
        if (!await unit.UserRoles.AnyAsync(held => held.UserId == user.Id && held.RoleId == role.Id, stop))
            unit.Add(new IdentityUserRole<long> { UserId = user.Id, RoleId = role.Id });
        await unit.SaveChangesAsync(stop);
        return user;
    }
}
